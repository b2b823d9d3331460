# Java takes the bytes of file names for what the locale says: under LANG=C, or a locale that is not installed, it can
# open neither a data folder nor a photo with a Korean name. So everything below runs in a UTF-8 locale, while the language
# that the person chose is handed on by name.

export PICUP_LANGUAGE=${PICUP_LANGUAGE:-${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}}
[[ $(locale charmap 2>/dev/null) == UTF-8 ]] || export LC_ALL=C.UTF-8
