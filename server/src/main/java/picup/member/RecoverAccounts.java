package picup.member;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import picup.platform.BadValue;
import picup.platform.MemberId;

/// Accounts for members of whom only the pictures are left, and ways in for a trial. For programs of the machine's owner.
public final class RecoverAccounts {
    private final JdbcClient sql;

    public RecoverAccounts(JdbcClient sql) {
        this.sql = sql;
    }

    /// @param password new, and good until they change it
    public record Recovered(String username, String password) {}

    /// Makes the account with the id that their pictures name.
    ///
    /// @param username null where nobody knows it: then it is made of the id, as it is when the name breaks a rule or is taken
    public Recovered add(MemberId id, @Nullable String username, @Nullable String displayName, boolean suspended) {
        var name = names(id, username).stream().filter(each -> sql.sql("select not exists (select from member.account where username_key = :key)")
                .param("key", each.key()).query(Boolean.class).single()).findFirst().orElseThrow();
        var password = RandomPassword.next();
        sql.sql("""
                insert into member.account (id, username, username_key, display_name, password_hash, created_at, suspended_at)
                values (:id, :username, :key, :displayName, :hash, now(), case when :suspended then now() end)
                """)
                .param("id", id.value()).param("username", name.shown()).param("key", name.key())
                .param("displayName", displayName == null || displayName.isBlank() ? name.shown() : displayName)
                .param("hash", PasswordHashing.argon2id().encode(password)).param("suspended", suspended)
                .update();
        return new Recovered(name.shown(), password);
    }

    private static List<Username> names(MemberId id, @Nullable String username) {
        var made = Username.of("member-" + id.value());
        try {
            return username == null ? List.of(made) : List.of(Username.of(username), made);
        } catch (BadValue e) {
            return List.of(made);
        }
    }

    /// Has the account look after the instance, whose first member it is from now on.
    public void administer(MemberId id) {
        sql.sql("insert into member.founder (account_id) values (:id) on conflict do nothing").param("id", id.value()).update();
        sql.sql("update member.account set administrator = true where id = :id").param("id", id.value()).update();
    }

    /// Lets somebody in with a new password alone, in a copy that is thrown away.
    ///
    /// @return nothing when there is no such account, or it is suspended
    public java.util.Optional<Recovered> letIn(MemberId id) {
        var password = RandomPassword.next();
        sql.sql("delete from member.second_factor where member_id = :id").param("id", id.value()).update();
        return sql.sql("update member.account set password_hash = :hash where id = :id and suspended_at is null returning username")
                .param("hash", PasswordHashing.argon2id().encode(password)).param("id", id.value()).query(String.class).optional()
                .map(username -> new Recovered(username, password));
    }
}
