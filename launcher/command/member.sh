# ./picup member: for who owns the machine and has lost the way into Picup.

command_member() {
  local data=${PICUP_DATA:-$root/data} words=()
  while (($# > 0)); do
    case $1 in
      --data) data=${2:?--data needs a folder}; shift 2 ;;
      --data=*) data=${1#*=}; shift ;;
      *) words+=("$1"); shift ;;
    esac
  done
  ((${#words[@]} == 2)) || fail "Who, and what? ./picup member NAME, and --new-password, --reset-second-factor or --administrator"
  build_app
  exec "$java_home/bin/java" -Xmx96m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData \
    -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 -cp "$app/picup.jar" picup.member.MemberCommand "${words[@]}" --data "$data"
}
