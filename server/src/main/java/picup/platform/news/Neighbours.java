package picup.platform.news;

import java.util.function.Consumer;

/// The other processes of this Picup, if there are any.
public interface Neighbours {
    /// Returns at once, in whatever state the channel is. The news may arrive late, or never.
    <T> void tell(Topic<T> topic, T news);

    /// Calls `listener`, which must be quick, with what others tell; not with what this process told itself.
    <T> void hear(Topic<T> topic, Consumer<T> listener);

    /// All of Picup is this process, or it does not know of others.
    static Neighbours none() {
        return new Neighbours() {
            @Override
            public <T> void tell(Topic<T> topic, T news) {
                // nobody is there
            }

            @Override
            public <T> void hear(Topic<T> topic, Consumer<T> listener) {
                // nobody tells
            }
        };
    }
}
