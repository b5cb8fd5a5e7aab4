"""The sales of the chain as rows of one shape, in SQL: lines with day, distributor, product, region, sum.

Columns: `day`, `company_id` (the distributor; of a direct client 0), `product_id`, `category_id`, `region_id`,
`amount`, `quantity`, `customer` (an INN, or a name where none is told; empty: nobody is); and for those who open a
figure `origin` (`report` or `shipment`), `origin_id`, `line_id`.
Parameters by name: `starts_on`, `ends_on` (half-open), `currency`, `makers` (companies that are the manufacturer).
"""

from __future__ import annotations

_PRIMARY = """
SELECT s.shipped_on AS day, CASE WHEN buyer.is_distributor THEN buyer.id ELSE 0 END AS company_id,
       l.product_id, p.category_id, COALESCE(e.region_id, buyer.region_id) AS region_id, l.total AS amount, l.quantity,
       e.inn::text AS customer, 'shipment' AS origin, s.id AS origin_id, l.id AS line_id
FROM orders_shipmentline l
JOIN orders_shipment s ON s.id = l.shipment_id
JOIN partners_legalentity e ON e.id = s.buyer_entity_id
JOIN partners_company buyer ON buyer.id = e.company_id
LEFT JOIN catalog_product p ON p.id = l.product_id
WHERE s.seller_id = ANY(%(makers)s) AND s.shipped_on >= %(starts_on)s AND s.shipped_on < %(ends_on)s
  AND s.currency = %(currency)s
"""

# Where the customer is: by its INN if it is a partner's, else the place the file names, else the distributor's.
_REPORTED = """
SELECT l.sold_on AS day, l.distributor_id AS company_id, l.product_id, p.category_id,
       COALESCE(known.region_id, place.id, d.region_id) AS region_id,
       COALESCE(l.total, l.price * l.quantity, 0) AS amount, COALESCE(l.quantity, 0) AS quantity,
       COALESCE(NULLIF(l.customer_inn, ''), l.customer)::text AS customer,
       'report' AS origin, l.report_id AS origin_id, l.id AS line_id
FROM sellout_reportline l
JOIN sellout_report r ON r.id = l.report_id
JOIN partners_company d ON d.id = l.distributor_id
LEFT JOIN (
    SELECT DISTINCT ON (inn) inn, region_id FROM partners_legalentity WHERE inn <> '' ORDER BY inn, id
) known ON known.inn = l.customer_inn
LEFT JOIN (
    SELECT DISTINCT ON (lower(name)) lower(name) AS name, id FROM partners_region ORDER BY lower(name), id
) place ON place.name = lower(l.region)
LEFT JOIN catalog_product p ON p.id = l.product_id
WHERE l.is_counted AND l.sold_on >= %(starts_on)s AND l.sold_on < %(ends_on)s AND r.currency = %(currency)s
"""

# Sold through the portal on days that no accepted report of the distributor tells of.
_UNREPORTED = """
SELECT s.shipped_on AS day, s.seller_id AS company_id, l.product_id, p.category_id,
       COALESCE(e.region_id, buyer.region_id) AS region_id, l.total AS amount, l.quantity,
       e.inn::text AS customer, 'shipment' AS origin, s.id AS origin_id, l.id AS line_id
FROM orders_shipmentline l
JOIN orders_shipment s ON s.id = l.shipment_id
JOIN partners_company d ON d.id = s.seller_id AND d.is_distributor
JOIN partners_legalentity e ON e.id = s.buyer_entity_id
JOIN partners_company buyer ON buyer.id = e.company_id
LEFT JOIN catalog_product p ON p.id = l.product_id
WHERE s.shipped_on >= %(starts_on)s AND s.shipped_on < %(ends_on)s AND s.currency = %(currency)s
  AND NOT EXISTS (
      SELECT FROM sellout_report r WHERE r.distributor_id = s.seller_id AND r.state = 'accepted'
         AND r.period_from <= s.shipped_on AND r.period_to > s.shipped_on
  )
"""

PRIMARY = _PRIMARY
# The columns of both have the very same types: only then does PostgreSQL leave out what a question does not need.
SECONDARY = f"{_REPORTED} UNION ALL {_UNREPORTED}"
FACTS = {"primary": PRIMARY, "secondary": SECONDARY}

# Filters over the rows above; each is open when its parameter is null. What has no group or region answers to -1.
NARROWED = """
WHERE (%(company_id)s::bigint IS NULL OR company_id = %(company_id)s)
  AND (NOT %(indirect_only)s OR company_id <> 0)
  AND (%(categories)s::bigint[] IS NULL OR COALESCE(category_id, -1) = ANY(%(categories)s))
  AND (%(regions)s::bigint[] IS NULL OR COALESCE(region_id, -1) = ANY(%(regions)s))
"""
