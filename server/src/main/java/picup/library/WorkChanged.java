package picup.library;

import picup.platform.MemberId;
import picup.platform.news.Topic;

/// Work for a member has begun or ended that shows in no picture. Told to browsers, which then ask what is [under way][UnderWay].
public record WorkChanged(MemberId owner) {
    public static final Topic<WorkChanged> TOPIC = new Topic<>("work-changed", WorkChanged.class);
}
