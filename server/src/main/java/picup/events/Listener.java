package picup.events;

/// Takes the news of members in. A bean of this type hears each event of a member once and in order, inside a
/// transaction that its effect joins: what it writes and that it has heard commit together ([Inbox]). So its code needs
/// no thought of news that comes twice, late or in disorder.
///
/// A deletion does not wait for its turn. It is heard at once, and what it overtook is never heard.
///
/// The name of the bean is the listener's name in the inbox, and therefore stays. A listener that a later release adds
/// hears of the members who are there already from their next event on, if its migration writes them into the
/// inbox, as that of the inbox itself does.
///
/// The effect is essential: when it throws, it is tried again, for about a week and alone, and later news of the same
/// member waits for it. What may be given up is a job of its own, see [picup.platform.jobs.JobKind#essential].
public interface Listener {
    void on(MemberEvent event);
}
