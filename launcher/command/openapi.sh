# ./picup openapi: writes the description of the interface, from which the web app's client is generated.

command_openapi() {
  require java maven vips argon2 ffmpeg exiftool util-linux
  maven test -Dtest=OpenApiTest -Dpicup.openapi.write=true "$@"
}
