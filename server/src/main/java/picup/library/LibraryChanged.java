package picup.library;

import java.time.LocalDateTime;
import java.time.YearMonth;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picup.platform.MemberId;
import picup.platform.news.Topic;

/// Something in a member's library is shown differently now. Published in the transaction; told to browsers after it.
///
/// @param picture the one that changed; null when they were many
/// @param state   of that one: `processing`, `ready`, `failed`, `trashed`, `restored`, `edited`
/// @param months  those whose pages are out of date
/// @param from    where the one picture stood before
/// @param to      where it stands now
public record LibraryChanged(
        MemberId owner, @Nullable UUID picture, String state, SortedSet<YearMonth> months, @Nullable YearMonth from, @Nullable YearMonth to) {
    public static final Topic<LibraryChanged> TOPIC = new Topic<>("library-changed", LibraryChanged.class);

    public static LibraryChanged one(MemberId owner, UUID picture, String state, LocalDateTime before, LocalDateTime after) {
        var from = YearMonth.from(before);
        var to = YearMonth.from(after);
        var months = new TreeSet<YearMonth>();
        months.add(from);
        months.add(to);
        return new LibraryChanged(owner, picture, state, months, from, to);
    }

    static LibraryChanged one(MemberId owner, UUID picture, String state, LocalDateTime at) {
        return one(owner, picture, state, at, at);
    }

    public static LibraryChanged moved(MemberId owner, String state, Collection<Pictures.Moved> moved) {
        if (moved.size() == 1) {
            var only = moved.iterator().next();
            return one(owner, only.id(), state, only.takenAt());
        }
        var months = new TreeSet<YearMonth>();
        moved.forEach(each -> months.add(YearMonth.from(each.takenAt())));
        return new LibraryChanged(owner, null, state, months, null, null);
    }
}
