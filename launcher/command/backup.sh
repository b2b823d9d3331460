# ./picup backup, restore, recover: what brings everything back when a disk, a database or a machine is gone.

command_backup() {
  local command=take
  [[ ${1:-} == verify ]] && { command=verify; shift; }
  (($# > 0)) || fail "Where to? ./picup backup DIR, or ./picup backup verify DIR"
  backup_program "$command" "$@"
}

command_restore() {
  (($# > 0)) || fail "From where? ./picup restore DIR --data NEW"
  [[ " $*" == *" --data"* ]] || fail "Where to? ./picup restore DIR --data NEW, a folder that is new or empty."
  backup_program restore "$@"
}

command_recover() {
  backup_program recover "$@"
}

backup_program() {
  local data=${PICUP_DATA:-$root/data} words=()
  while (($# > 0)); do
    case $1 in
      --data) data=${2:?--data needs a folder}; shift 2 ;;
      --data=* | --at=* | --keep=*) set -- "${1%%=*}" "${1#*=}" "${@:2}" ;;
      *) words+=("$1"); shift ;;
    esac
  done
  build_app
  # Another small JVM of the same artifact, without the server's AOT cache, which is good for the server's class path alone.
  exec "$java_home/bin/java" -Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData --enable-native-access=ALL-UNNAMED \
    -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 -cp "$app/picup.jar" picup.backup.BackupCommand "${words[@]}" --data "$data"
}
