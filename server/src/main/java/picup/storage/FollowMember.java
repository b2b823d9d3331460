package picup.storage;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import picup.events.MemberDeleted;
import picup.events.MemberEvent;
import picup.events.MemberReinstated;
import picup.events.MemberRenamed;
import picup.events.MemberSignedUp;
import picup.events.MemberSuspended;

/// Lets a space stand as its member does. News may come twice and in any order; each has a number, and the highest decides.
@Component
class FollowMember {
    private final Spaces spaces;
    private final EmptySpace emptying;
    private final ApplicationEventPublisher events;

    FollowMember(Spaces spaces, EmptySpace emptying, ApplicationEventPublisher events) {
        this.spaces = spaces;
        this.emptying = emptying;
        this.events = events;
    }

    @Transactional
    public void on(MemberEvent event) {
        switch (event) {
            case MemberSignedUp news -> {
                spaces.open(event.member());
                spaces.name(event.member(), news.username(), news.displayName(), event.sequence());
            }
            case MemberRenamed news -> spaces.name(event.member(), null, news.displayName(), event.sequence());
            case MemberSuspended _ -> change(event, Standing.SUSPENDED);
            case MemberReinstated _ -> change(event, Standing.OPEN);
            case MemberDeleted _ -> change(event, Standing.CLOSED);
        }
    }

    private void change(MemberEvent event, Standing standing) {
        if (!spaces.change(event.member(), standing, event.sequence(), event.at())) {
            return; // heard before, or overtaken
        }
        if (standing == Standing.CLOSED) {
            emptying.later(event.member());
        }
        events.publishEvent(new StandingChanged(event.member(), standing, event.at()));
    }
}
