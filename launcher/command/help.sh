command_help() {
  cat <<'HELP'
Picup, a photo and video cloud of your own.

  ./picup [run] [--port N] [--data DIR]   Builds what changed and starts Picup; Ctrl-C stops it.
                                          Port 8080 and the folder ./data unless said otherwise.
  ./picup import DIR [--server URL] [--user NAME] [--password-file FILE | --key-file FILE] [--parallel N] [--again]
                                          Uploads a folder with everything below it into your account. Run it again and it
                                          goes on where it was. The password comes from the file, from PICUP_PASSWORD, or
                                          is asked for; an API key from the file or PICUP_API_KEY does as well. --again brings back what you deleted for good.
  ./picup member NAME --new-password      Gives somebody who has lost the password a new one, and prints it.
  ./picup member NAME --reset-second-factor
                                          Takes the second factor from somebody who has lost the app and the recovery codes.
  ./picup member NAME --administrator     Makes somebody an administrator. All with --data DIR, whether Picup runs or not.
  ./picup doctor [--json] [--data DIR]    Looks whether everything is in order, whether Picup runs or not, and says what to do.
                                          Ends with 1 when something is broken.
  ./picup backup DIR [--keep N]           Backs everything up while Picup runs or not: all rows, the originals that are new, and the
                                          keys. 7 backups stay unless said otherwise. Broken off, it goes on with the next run.
  ./picup backup verify DIR [--at TIME]   Proves that a backup can be restored, by restoring it into a scratch instance.
  ./picup restore DIR [--at TIME] --data NEW
                                          Makes an instance of a backup in a new folder.
  ./picup recover --data DIR              Rebuilds a library whose database is gone, from the originals and the labels beside them.
  ./picup blobs copy --to s3|disk         Copies all originals to the bucket, or back to the disk, while Picup serves. Run it again
                                          and it goes on where it was; at the end it says which setting to change.
  ./picup blobs rewrap                    After a new key was put first: wraps the key of every encrypted original by it.
  ./picup test                            Runs all tests: Java, web, and the journeys in a browser.
  ./picup bench [SECTION...]              Measures this machine. Sections: start memory upload resumable renditions video facts timeline scroll search lighthouse members relay faults kill power commits tus-kill leaving disorder corpus restore relay-kill fuzz
                                          --faults [kill|power|commits|faults|relay-kill…]: 200 kills, 20 power cuts, 10,000 commits, all that is stopped or frozen. --fuzz [MINUTES]
  ./picup openapi                         Writes the description of the interface anew.
  ./picup help                            This.

Settings are environment variables too, such as PICUP_DATA and PICUP_PORT. PICUP_JAVA_OPTIONS goes to the Java that runs the
server, as in PICUP_JAVA_OPTIONS=-Xmx1g.
HELP
}
