"""Finding products: order by name and by code, likeness with a threshold of its own, files of shared pictures."""

from django.db import migrations, models

ALIKE = """
CREATE FUNCTION catalog_products_alike(words text[], seller bigint, most int)
RETURNS TABLE (id bigint, likeness real)
LANGUAGE sql STABLE SET pg_trgm.word_similarity_threshold = 0.3 AS $$
    WITH longest AS (SELECT w FROM unnest(words) AS w ORDER BY length(w) DESC LIMIT 1)
    SELECT p.id, likeness
    FROM longest
    JOIN catalog_product p ON p.search_text %> longest.w
    CROSS JOIN LATERAL (
        SELECT min(word_similarity(w, p.search_text)) AS likeness FROM unnest(words) AS w
    ) AS s
    JOIN catalog_listing l ON l.product_id = p.id AND l.seller_id = seller AND l.is_active
    WHERE likeness >= 0.3 AND p.deleted_at IS NULL AND NOT p.has_variants
    -- A number is not like another number.
    AND NOT EXISTS (SELECT FROM unnest(words) AS w WHERE w ~ '^[0-9.,%]+$' AND position(w IN p.search_text) = 0)
    ORDER BY likeness DESC, p.name, p.id
    LIMIT most
$$
"""

MEDIA_FILE = """
CREATE FUNCTION catalog_media_file(media bigint)
RETURNS TABLE (name varchar, media_type varchar, sha256 varchar, size bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT f.name, f.media_type, f.sha256, f.size
    FROM public.catalog_media m JOIN public.base_storedfile f ON f.id = m.file_id
    WHERE m.id = media
$$
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial"), ("base", "0001_initial")]

    operations = [
        migrations.AddIndex("product", models.Index(fields=["name", "id"], name="product_name")),
        migrations.AddIndex("product", models.Index(fields=["code_folded", "id"], name="product_code_alone")),
        migrations.RunSQL(ALIKE, "DROP FUNCTION catalog_products_alike(text[], bigint, int)"),
        migrations.RunSQL(MEDIA_FILE, "DROP FUNCTION catalog_media_file(bigint)"),
    ]
