-- Fills a stock database with contacts: companies, their people, private persons, and
-- people who are in it twice. Every value follows from a hash of the serial number, so
-- the same size gives the same contacts on every machine.
--
-- Parameters: companies, persons, planted (numbers of rows), and the tables
-- bench_country (words and formats, one row for each eighth) and bench_owner.

CREATE FUNCTION bench_share(serial bigint, salt int) RETURNS float8
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (hashint8extended(serial, salt) & 9007199254740991)::float8
           / 9007199254740992;

-- A word of a list; a skew above 1 makes the first words the frequent ones.
CREATE FUNCTION bench_pick(words text[], serial bigint, salt int, skew float8)
    RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN words[1 + floor(cardinality(words)
                           * power(bench_share(serial, salt), skew))::int];

CREATE FUNCTION bench_digits(serial bigint, salt int, places int) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN lpad(floor(power(10, places) * bench_share(serial, salt))::bigint::text,
                places, '0');

CREATE FUNCTION bench_word(pair text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN split_part(pair, '=', 1);

CREATE FUNCTION bench_latin(pair text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN split_part(pair, '=', 2);

CREATE TEMP TABLE bench_base ON COMMIT DROP AS
    SELECT max(id)::bigint AS id FROM res_partner;

-- ---------------------------------------------------------------- companies

INSERT INTO res_partner (
    id, name, complete_name, commercial_company_name, commercial_partner_id, is_company,
    type, active, partner_share, lang, color, company_registry, website, email,
    email_normalized, phone, phone_sanitized, street, zip, city, country_id, user_id,
    create_uid, write_uid, create_date, write_date)
SELECT base.id + serial, name, name, name, base.id + serial, TRUE,
       'contact', TRUE, TRUE, 'en_US', 0,
       CASE WHEN serial %% 3 = 0 THEN bench_digits(serial, 20, 9) END,
       'https://www.' || domain, 'info@' || domain, 'info@' || domain,
       dial || ' ' || regexp_replace(number, world_from, world_to), dial || number,
       CASE WHEN code IN ('GB', 'US', 'FR') THEN house || ' ' || street
            ELSE street || ' ' || house END,
       bench_digits(serial, 21, CASE code WHEN 'DK' THEN 4 ELSE 5 END),
       city, country_id, user_id, user_id, user_id, made, made
  FROM bench_base AS base, (
        SELECT serial, country.*, owner.user_id,
               bench_word(last) || CASE WHEN code = 'CN' THEN '' ELSE ' ' END
                   || bench_word(bench_pick(firms, serial, 2, 1))
                   || CASE WHEN code = 'CN' THEN '' ELSE ' ' END
                   || bench_word(bench_pick(forms, serial, 3, 1.5)) AS name,
               bench_latin(last) || bench_latin(bench_pick(firms, serial, 2, 1))
                   || serial || '.' || lower(replace(code, 'US', 'com')) AS domain,
               bench_word(bench_pick(leads, serial, 4, 1))
                   || bench_digits(serial, 5, free) AS number,
               bench_word(bench_pick(streets, serial, 6, 1)) AS street,
               (1 + floor(180 * bench_share(serial, 7)))::int::text AS house,
               bench_word(bench_pick(cities, serial, 8, 1.5)) AS city,
               timestamp '2026-01-01' - bench_share(serial, 9) * interval '5 years'
                   AS made
          FROM generate_series(1, %(companies)s::bigint) AS serial
          JOIN bench_country AS country ON country.slot = serial %% 8
          JOIN bench_owner AS owner
            ON owner.place = floor(%(owners)s * bench_share(serial, 10))::int,
               LATERAL (
            SELECT CASE WHEN code = 'CN' THEN bench_pick(cities, serial, 8, 1.5)
                        WHEN bench_share(serial, 0) < .4
                        THEN bench_pick(lasts, serial, 1, 1.3)
                        ELSE bench_word(bench_pick(heads, serial, 1, 1))
                             || bench_word(bench_pick(tails, serial, 11, 1)) || '='
                             || bench_latin(bench_pick(heads, serial, 1, 1))
                             || bench_latin(bench_pick(tails, serial, 11, 1))
                    END AS last) AS named
       ) AS company;

-- ---------------------------------------------------------------- persons

INSERT INTO res_partner (
    id, name, complete_name, parent_id, commercial_company_name, commercial_partner_id,
    is_company, type, active, partner_share, lang, color, function, email,
    email_normalized, phone, phone_sanitized, street, zip, city, country_id, user_id,
    create_uid, write_uid, create_date, write_date)
SELECT base.id + %(companies)s + serial, person.name,
       concat_ws(', ', firm.name, person.name), firm.id, firm.name,
       coalesce(firm.id, base.id + %(companies)s + serial),
       FALSE, 'contact', TRUE, TRUE, 'en_US', 0,
       CASE WHEN firm.id IS NOT NULL
            THEN bench_word(bench_pick(jobs, serial, 40, 1)) END,
       email.address, email.address,
       CASE WHEN bench_share(serial, 41) < .7 THEN
            CASE serial %% 3
                 WHEN 0 THEN dial || ' ' || regexp_replace(number, world_from, world_to)
                 WHEN 1 THEN regexp_replace(trunk || number, local_from, local_to)
                 ELSE trunk || number END END,
       CASE WHEN bench_share(serial, 41) < .7 THEN dial || number END,
       coalesce(firm.street, bench_word(bench_pick(streets, serial, 42, 1)) || ' '
                             || (1 + floor(180 * bench_share(serial, 43)))::int),
       coalesce(firm.zip, bench_digits(serial, 44, 4 + (code <> 'DK')::int)),
       coalesce(firm.city, bench_word(bench_pick(cities, serial, 45, 1.5))),
       person.country_id,
       CASE WHEN bench_share(serial, 46) < .9 THEN person.user_id END,
       person.user_id, person.user_id, made, made
  FROM bench_base AS base
 CROSS JOIN (
        SELECT serial, country.*, owner.user_id,
               CASE WHEN code = 'CN' THEN bench_word(last) || bench_word(first)
                    ELSE bench_word(first) || ' ' || bench_word(last) END AS name,
               bench_latin(first) AS given, bench_latin(last) AS family,
               bench_word(bench_pick(leads, serial, 30, 1))
                   || bench_digits(serial, 31, free) AS number,
               CASE WHEN bench_share(serial, 32) < .55 THEN
                    8 * floor(%(companies)s / 8 * power(bench_share(serial, 33), 2))
                    + coalesce(nullif(serial %% 8, 0), 8) END AS firm_serial,
               timestamp '2026-01-01' - bench_share(serial, 34) * interval '5 years'
                   AS made
          FROM generate_series(1, %(persons)s::bigint) AS serial
          JOIN bench_country AS country ON country.slot = serial %% 8
          JOIN bench_owner AS owner
            ON owner.place = floor(%(owners)s * bench_share(serial, 35))::int,
               LATERAL (
            SELECT CASE
                   WHEN code = 'CN' AND bench_share(serial, 22) < .8 THEN
                        bench_word(bench_pick(firsts, serial, 23, 1))
                        || bench_word(bench_pick(firsts, serial, 24, 1)) || '='
                        || bench_latin(bench_pick(firsts, serial, 23, 1))
                        || bench_latin(bench_pick(firsts, serial, 24, 1))
                   WHEN code <> 'CN' AND bench_share(serial, 22) < .15 THEN
                        bench_word(bench_pick(firsts, serial, 23, 1.3)) || ' '
                        || bench_word(bench_pick(firsts, serial, 24, 1.3)) || '='
                        || bench_latin(bench_pick(firsts, serial, 23, 1.3))
                   ELSE bench_pick(firsts, serial, 23, 1.3) END AS first,
                   CASE WHEN bench_share(serial, 25) < .55
                        THEN bench_pick(lasts, serial, 26, 1.5)
                        ELSE bench_word(bench_pick(heads, serial, 27, 1))
                             || bench_word(bench_pick(tails, serial, 28, 1)) || '='
                             || bench_latin(bench_pick(heads, serial, 27, 1))
                             || bench_latin(bench_pick(tails, serial, 28, 1))
                    END AS last) AS named
       ) AS person
  LEFT JOIN res_partner AS firm ON firm.id = base.id + person.firm_serial
 CROSS JOIN LATERAL (
        SELECT CASE
               WHEN bench_share(serial, 50) < .25 THEN NULL
               WHEN firm.id IS NOT NULL
               THEN CASE WHEN serial %% 2 = 0 THEN given || '.' || family
                         ELSE left(given, 1) || family END
                    || '@' || substr(firm.website, 13)
               ELSE CASE serial %% 3 WHEN 0 THEN given || '.' || family
                                     WHEN 1 THEN left(given, 1) || '_' || family
                                     ELSE family || given END
                    || bench_digits(serial, 51, 4) || '@'
                    || bench_word(bench_pick(mails, serial, 52, 1.5)) END AS address
       ) AS email;

-- ---------------------------------------------------------------- the same again

CREATE TABLE bench_planted (partner_id int PRIMARY KEY, of_id int NOT NULL, kind text);

INSERT INTO bench_planted
SELECT base.id + %(companies)s + %(persons)s + serial,
       base.id + %(companies)s + 1 + floor(%(persons)s * bench_share(serial, 60))::int,
       (ARRAY['typo', 'swapped', 'upper', 'phone format', 'other email', 'moved'])
           [1 + serial %% 6]
  FROM bench_base AS base, generate_series(1, %(planted)s::bigint) AS serial;

INSERT INTO res_partner (
    id, name, complete_name, parent_id, commercial_company_name, commercial_partner_id,
    is_company, type, active, partner_share, lang, color, function, email,
    email_normalized, phone, phone_sanitized, street, zip, city, country_id, user_id,
    create_uid, write_uid, create_date, write_date)
SELECT twin.partner_id, twin.name, concat_ws(', ', firm.name, twin.name), firm.id,
       firm.name, coalesce(firm.id, twin.partner_id), FALSE, 'contact', TRUE, TRUE,
       'en_US', 0, original.function, twin.email, twin.email, twin.phone,
       original.phone_sanitized, original.street, original.zip, original.city,
       original.country_id, original.user_id, original.create_uid, original.write_uid,
       original.create_date + interval '90 days',
       original.create_date + interval '90 days'
  FROM (SELECT planted.*,
               CASE kind
               WHEN 'typo' THEN overlay(name PLACING '' FROM length(name) / 2 FOR 1)
               WHEN 'swapped' THEN regexp_replace(name, '^(\S+) (.+)$', '\2 \1')
               WHEN 'upper' THEN upper(name)
               ELSE name END AS name,
               CASE kind WHEN 'phone format' THEN NULL
               WHEN 'other email' THEN 'me.' || planted.partner_id || '@icloud.com'
               ELSE email END AS email,
               CASE WHEN kind = 'phone format'
                    THEN regexp_replace(phone_sanitized, '^(.*)(...)(...)$', '\1-\2-\3')
                    ELSE phone END AS phone,
               CASE WHEN kind <> 'moved' THEN parent_id END AS parent_id
          FROM bench_planted AS planted
          JOIN res_partner AS original ON original.id = planted.of_id
       ) AS twin
  JOIN res_partner AS original ON original.id = twin.of_id
  LEFT JOIN res_partner AS firm ON firm.id = twin.parent_id;

SELECT setval('res_partner_id_seq', (SELECT max(id) FROM res_partner));
DROP FUNCTION bench_pick, bench_digits, bench_word, bench_latin, bench_share;
