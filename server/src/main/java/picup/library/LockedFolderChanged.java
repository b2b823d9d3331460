package picup.library;

import picup.platform.MemberId;
import picup.platform.news.Topic;

/// A locked folder is open or closed to some session now, or pictures went in or out. Names none of them.
///
/// @param lockings how often pictures were put in, ever
public record LockedFolderChanged(MemberId owner, long lockings) {
    public static final Topic<LockedFolderChanged> TOPIC = new Topic<>("locked-folder-changed", LockedFolderChanged.class);
}
