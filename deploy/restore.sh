#!/usr/bin/env bash
# Restores a base backup and the log after it into a new data folder, as it was at a moment.
#   deploy/restore.sh ARCHIVE BACKUP FOLDER [TIME]
# BACKUP is a name such as base-20260207T210000Z, or latest. TIME is as PostgreSQL reads it ('2026-02-07 21:00:00+00'); without it all of
# the log is replayed. FOLDER must not exist. NEW_PASSWORD sets the password of the user postgres, for a backup of another machine.
set -euo pipefail
PATH="$PATH:$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1)"

[ $# -ge 3 ] || { sed -n '2,5p' "$0" | sed 's/^# //' >&2; exit 2; }
archive="$1" backup="$2" folder="$3" time="${4:-}"
[ "$backup" != latest ] || backup="$(basename "$(ls -d "$archive"/base-*Z | sort | tail -1)")"
[ -f "$archive/$backup/base.tar.gz" ] || { echo "There is no backup $backup in $archive; it has: $(ls "$archive")" >&2; exit 1; }
[ ! -e "$folder" ] || { echo "$folder exists; name one that does not." >&2; exit 1; }

as_owner() { if [ "$(id -u)" -eq 0 ]; then setpriv --reuid="$owner" --regid="$owner" --init-groups --reset-env "$@"; else "$@"; fi; }
owner="$(stat -c %U "$archive")"
socket="$(mktemp -d)"
trap 'rm -rf "$socket"' EXIT

mkdir -m 700 "$folder"
tar -xzf "$archive/$backup/base.tar.gz" -C "$folder"
tar -xzf "$archive/$backup/pg_wal.tar.gz" -C "$folder/pg_wal"
cp "$archive/$backup/backup_manifest" "$folder/"
pg_verifybackup -q "$folder"
# The log of this server alone; what was archived before each had a folder lies in the one above. Histories are not asked for there:
# another server's would lead away.
wal="$archive/wal/$(od -An -tu8 -N8 "$folder/global/pg_control" | tr -d ' ')"
fetch="gzip -dc \"$wal/%f.gz\" > \"%p\" || { case %f in *.history) false ;; *) gzip -dc \"$archive/wal/%f.gz\" > \"%p\" ;; esac; }"

touch "$folder/recovery.signal"
echo 'local all all trust' > "$socket/pg_hba.conf"
[ "$(id -u)" -ne 0 ] || chown -R "$owner:" "$folder" "$socket"
options=(-c listen_addresses= -c unix_socket_directories="$socket" -c hba_file="$socket/pg_hba.conf" -c hot_standby=off -c archive_mode=off
  -c "restore_command=$fetch" -c recovery_target_action=promote -c log_min_messages=log)
[ -z "$time" ] || options+=(-c "recovery_target_time=$time")
as_owner pg_ctl start -D "$folder" -W -l "$socket/log" -o "$(printf "'%s' " "${options[@]}")" > /dev/null
# It answers when the log is replayed, which may take hours, and ends where it cannot be.
until as_owner psql -qAtX -h "$socket" -U postgres -d postgres -c 'SELECT 1' > /dev/null 2>&1; do
  sleep 0.2
  if ! as_owner pg_ctl status -D "$folder" > /dev/null; then
    grep -E 'FATAL|ERROR|recovery' "$socket/log" >&2
    exit 1
  fi
done

[ -z "${NEW_PASSWORD:-}" ] || printf "SET password_encryption = 'scram-sha-256'; ALTER ROLE postgres PASSWORD '%s'" "${NEW_PASSWORD//\'/\'\'}" \
  | as_owner psql -qX -h "$socket" -U postgres -d postgres
as_owner pg_ctl stop -D "$folder" -w -m fast > /dev/null
grep -oE 'recovery stopping before.*|last completed transaction was at.*' "$socket/log" || true
echo "$backup restored to $folder${time:+ as of $time}"
