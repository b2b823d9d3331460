# Says by a digest of the contents whether something must be built again. Times of files are not asked: a checkout changes
# them without changing the contents, and the reverse.

# stamp_of FOLDER_OR_FILE...: relative to the root; what tools generate is left out.
stamp_of() {
  (
    cd "$root"
    find "$@" \( -name node_modules -o -name build -o -name .svelte-kit -o -name test-results -o -name target -o -name schema.d.ts \) -prune \
      -o -type f -print0 2>/dev/null | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16
  )
}

same_stamp() {
  [[ -r $1 && $(<"$1") == "$2" ]]
}
