#!/bin/sh
# Runs once, as PostgreSQL's superuser, before Odoo makes its database: Odoo's role, and the
# search extensions that role may not make itself (accents are forgiven, Arabic is indexed).
set -eu
psql -v ON_ERROR_STOP=1 -v password="$JAMAA_DB_PASSWORD" --username "$POSTGRES_USER" --dbname template1 <<'SQL'
CREATE ROLE odoo LOGIN CREATEDB PASSWORD :'password';
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
ALTER FUNCTION unaccent(text) IMMUTABLE;
SQL
