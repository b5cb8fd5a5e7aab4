"""Finding products: order by name and by code, likeness with a threshold of its own, files of shared pictures."""

from django.db import migrations, models

# From likely to unlikely: a low threshold alone would compare thousands of names that a higher one leaves out.
ALIKE = """
CREATE FUNCTION catalog_products_alike(words text[], seller bigint, most int)
RETURNS TABLE (id bigint, likeness real)
LANGUAGE plpgsql STABLE AS $$
DECLARE
    longest text := (SELECT w FROM unnest(words) AS w ORDER BY length(w) DESC LIMIT 1);
    least real;
BEGIN
    FOREACH least IN ARRAY ARRAY[0.6, 0.45, 0.3] LOOP
        PERFORM set_config('pg_trgm.word_similarity_threshold', least::text, true);
        RETURN QUERY
            SELECT near.id, near.likeness
            FROM (
                SELECT p.id, p.name, (SELECT min(word_similarity(w, p.search_text)) FROM unnest(words) AS w) AS likeness
                FROM catalog_product p
                WHERE p.search_text %> longest AND p.deleted_at IS NULL AND NOT p.has_variants
                AND EXISTS (
                    SELECT FROM catalog_listing l WHERE l.product_id = p.id AND l.seller_id = seller AND l.is_active
                )
                -- A number is not like another number.
                AND NOT EXISTS (
                    SELECT FROM unnest(words) AS w WHERE w ~ '^[0-9.,%]+$' AND position(w IN p.search_text) = 0
                )
                LIMIT 1000
            ) AS near
            WHERE near.likeness >= least
            ORDER BY near.likeness DESC, near.name, near.id
            LIMIT most;
        EXIT WHEN FOUND;
    END LOOP;
END
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
