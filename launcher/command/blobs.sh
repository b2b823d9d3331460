# ./picup blobs: moves originals from the disk to S3 or back while Picup serves, and changes the keys they are encrypted with.

command_blobs() {
  local data=${PICUP_DATA:-$root/data} words=()
  while (($# > 0)); do
    case $1 in
      --data) data=${2:?--data needs a folder}; shift 2 ;;
      --data=*) data=${1#*=}; shift ;;
      *) words+=("$1"); shift ;;
    esac
  done
  ((${#words[@]} > 0)) || fail "What? ./picup blobs copy --to s3, copy --to disk, or rewrap"
  build_app
  exec "$java_home/bin/java" -Xmx192m -XX:+UseSerialGC -XX:-UsePerfData \
    -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 -cp "$app/picup.jar" picup.storage.BlobsCommand "${words[@]}" --data "$data"
}
