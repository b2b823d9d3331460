# shellcheck source=/dev/null
source "$root/launcher/command/backup.sh"
