/// The import command: a program of its own in the same artifact, which talks to a Picup over HTTP like any other client
/// and knows nothing of the server's types. Plain Java, because a person waits for it to start.
///
/// `ImportFolder` (the command) → `FolderWalk` (what there is) → `Upload` (one file, until it has an outcome) →
/// `Server` (requests with a session that stays valid) by `Multipart` (a small file, whole) or `Pieces` (a large one, part by part);
/// `DoneBefore` and `Holdings` spare what need not be sent, `Begun` goes on with what was; `Progress` and `Report` tell the person.
@ApplicationModule(allowedDependencies = {})
@NullMarked
package picup.cli;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
