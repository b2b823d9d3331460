package picup.platform;

import java.util.EnumSet;
import java.util.Set;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/// What a process does; without configuration, everything. `picup.roles` names the ones it has, and [InRole] says on a
/// package or a type where it is at home.
public enum Role {
    /// Accounts, sign-up and sessions; delivers the events of the schema `member`.
    MEMBER,
    /// Serves the library and takes uploads. Adds jobs, and runs none.
    STORAGE,
    /// Runs the jobs of the schema `storage`, and the decoders.
    WORKER;

    /// Before there is a context, and therefore no `PicupSettings`.
    static Set<Role> of(Environment environment) {
        return orAll(Binder.get(environment).bind("picup.roles", Bindable.setOf(Role.class)).orElse(Set.of()));
    }

    /// None named means all, so that an empty environment variable does no harm.
    static Set<Role> orAll(Set<Role> named) {
        return Set.copyOf(named.isEmpty() ? EnumSet.allOf(Role.class) : named);
    }
}
