# ./picup doctor: what is wrong with an instance, and what to do.

command_doctor() {
  local data=${PICUP_DATA:-$root/data} words=()
  while (($# > 0)); do
    case $1 in
      --data) data=${2:?--data needs a folder}; shift 2 ;;
      --data=*) data=${1#*=}; shift ;;
      --json) words+=(--json); shift ;;
      *) fail "./picup doctor takes --json and --data DIR, and not '$1'." ;;
    esac
  done
  build_app >&2
  exec "$java_home/bin/java" -Xmx192m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData --enable-native-access=ALL-UNNAMED \
    -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 -cp "$app/picup.jar" picup.storage.doctor.DoctorCommand "${words[@]}" --data "$data"
}
