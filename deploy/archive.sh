#!/usr/bin/env bash
# Archives one file of the write-ahead log; PostgreSQL runs it in its data folder:
#   archive_command = 'bash /path/to/archive.sh ARCHIVE "%p" %f'
# Each server, by its system identifier, has a folder of its own there: names of files are the same in all of them.
set -euo pipefail
archive="$1" path="$2" file="$3"
# The first eight bytes of pg_control are the identifier.
wal="$archive/wal/$(od -An -tu8 -N8 global/pg_control | tr -d ' ')"

[ -d "$archive" ] || { echo "There is no folder $archive." >&2; exit 1; }
# Until the first backup makes the folder there is nothing that the log could be replayed onto, and none is kept.
[ -d "$wal" ] || exit 0
if [ -e "$wal/$file.gz" ]; then
  gzip -dc "$wal/$file.gz" | cmp -s - "$path" && exit 0
  echo "$wal/$file.gz is there already, and is another file than $path." >&2
  exit 1
fi
gzip -c "$path" > "$wal/$file.part"
sync "$wal/$file.part"
mv "$wal/$file.part" "$wal/$file.gz"
