#!/usr/bin/env bash
# Takes a base backup of a running PostgreSQL, and keeps its write-ahead log from then on, so that any later moment can be restored.
#   PGHOST= PGPORT= PGUSER= PGPASSWORD= deploy/backup.sh [ARCHIVE]
# ARCHIVE is the folder that the server archives to; the server is asked where it is not given. KEEP (7) backups are kept.
set -euo pipefail
PATH="$PATH:$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)"
export PGDATABASE=postgres

archive="${1:-$(psql -AtXc 'SHOW trading.wal_archive')}"
[ -d "$archive" ] || { echo "There is no folder $archive." >&2; exit 1; }
# Its being there makes the server archive.
mkdir -p "$archive/wal"
[ "$(id -u)" -ne 0 ] || chown --reference="$archive" "$archive/wal"
chmod 700 "$archive/wal"

name="base-$(date -u +%Y%m%dT%H%M%SZ)"
trap 'rm -rf "$archive/$name.part"' EXIT
pg_basebackup -D "$archive/$name.part" -Ft -z -X stream -c fast --manifest-checksums=SHA256 --no-password
mv "$archive/$name.part" "$archive/$name"
psql -qAtXc 'SELECT pg_switch_wal()' > /dev/null

ls -d "$archive"/base-*Z | sort -r | tail -n "+$((${KEEP:-7} + 1))" | xargs -r rm -rf
oldest="$(ls -d "$archive"/base-*Z | sort | head -1)"
first="$(tar -xzOf "$oldest/base.tar.gz" backup_label | sed -n 's/^START WAL LOCATION.*(file \([0-9A-F]*\)).*/\1/p')"
pg_archivecleanup -x .gz "$archive/wal" "$first"
echo "$archive/$name ($(du -sh "$archive/$name" | cut -f1)); log kept since $(basename "$oldest")"
