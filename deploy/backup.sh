#!/usr/bin/env bash
# Takes a base backup of a running PostgreSQL, and keeps its write-ahead log from then on, so that any later moment can be restored.
#   PGHOST= PGPORT= PGUSER= PGPASSWORD= deploy/backup.sh [ARCHIVE]
# ARCHIVE is the folder that the server archives to; the server is asked where it is not given. KEEP (7) backups are kept.
set -euo pipefail
PATH="$PATH:$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)"
export PGDATABASE=postgres

archive="${1:-$(psql -AtXc 'SHOW trading.wal_archive')}"
[ -d "$archive" ] || { echo "There is no folder $archive." >&2; exit 1; }
id="$(psql -AtXc 'SELECT system_identifier FROM pg_control_system()')"
# Its being there makes deploy/archive.sh keep this server's log.
mkdir -p "$archive/wal/$id"
[ "$(id -u)" -ne 0 ] || chown --reference="$archive" "$archive/wal" "$archive/wal/$id"
chmod 700 "$archive/wal" "$archive/wal/$id"

name="base-$(date -u +%Y%m%dT%H%M%SZ)"
trap 'rm -rf "$archive/$name.part"' EXIT
pg_basebackup -D "$archive/$name.part" -Ft -z -X stream -c fast --manifest-checksums=SHA256 --no-password
echo "$id" > "$archive/$name.part/system_identifier"
mv "$archive/$name.part" "$archive/$name"
psql -qAtXc 'SELECT pg_switch_wal()' > /dev/null

ls -d "$archive"/base-*Z | sort -r | tail -n "+$((${KEEP:-7} + 1))" | xargs -r rm -rf

# Of each server the log is kept back to its oldest backup; of one whose backups are gone, none.
oldest_of() { # of which server; with none, the oldest that does not say whose it is
  for base in "$archive"/base-*Z; do
    [ "$(cat "$base/system_identifier" 2>/dev/null || true)" != "$1" ] || { echo "$base"; return; }
  done
}
for wal in "$archive/wal"/*/; do
  oldest="$(oldest_of "$(basename "$wal")")"
  if [ -n "$oldest" ]; then
    first="$(tar -xzOf "$oldest/base.tar.gz" backup_label | sed -n 's/^START WAL LOCATION.*(file \([0-9A-F]*\)).*/\1/p')"
    pg_archivecleanup -x .gz "${wal%/}" "$first"
  elif ! ls -d "$archive"/base-*.part > /dev/null 2>&1; then
    rm -rf "$wal"
  fi
done
# Backups of before the log had a folder for each server have theirs in the folder above.
[ -n "$(oldest_of '')" ] || rm -f "$archive/wal"/*.gz "$archive/wal"/*.part
echo "$archive/$name ($(du -sh "$archive/$name" | cut -f1)); log kept since $(basename "$(oldest_of "$id")")"
