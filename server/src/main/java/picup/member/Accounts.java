package picup.member;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import picup.platform.MemberId;

/// The table `member.account`, and `member.founder` beside it.
@Component
class Accounts {
    /// The number of the sign-up among the changes of an account.
    static final long FIRST_CHANGE = 1;

    private final JdbcClient database;

    Accounts(JdbcClient database) {
        this.database = database;
    }

    /// @param change its number among the changes of the account
    record Changed(Account account, long change) {}

    /// @param passwordHash null when there is no password; nothing matches that
    record Credentials(Account account, @Nullable String passwordHash) {
        @Override
        public String toString() {
            return "Credentials[" + account.id() + "]";
        }
    }

    boolean isTaken(Username username) {
        return database.sql("select exists (select from member.account where username_key = :key)")
                .param("key", username.key())
                .query(Boolean.class).single();
    }

    /// False when the name is taken. The unique index decides, and makes a second one wait until the first has
    /// committed or gone.
    boolean add(MemberId id, Username username, DisplayName displayName, @Nullable String passwordHash, Instant now) {
        return database.sql("""
                        insert into member.account (id, username, username_key, display_name, password_hash, created_at)
                        values (:id, :username, :key, :displayName, :passwordHash, :now)
                        on conflict (username_key) do nothing
                        """)
                .param("id", id.value())
                .param("username", username.shown())
                .param("key", username.key())
                .param("displayName", displayName.value())
                .param("passwordHash", passwordHash)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update() == 1;
    }

    /// Makes the account the administrator if it is the first of the instance. Two who are first at once meet in the
    /// primary key: one waits until the other has committed, and is then told no, or gets the place of one that rolled
    /// back. Every sign-up takes the account before this, so they cannot wait for each other in a circle.
    boolean foundedBy(MemberId id) {
        boolean first = database.sql("insert into member.founder (account_id) values (:id) on conflict do nothing")
                .param("id", id.value())
                .update() == 1;
        if (first) {
            database.sql("update member.account set administrator = true where id = :id").param("id", id.value()).update();
        }
        return first;
    }

    /// Whether somebody has signed up since the instance was empty.
    boolean areFounded() {
        return database.sql("select exists (select from member.founder)").query(Boolean.class).single();
    }

    Optional<Account> find(MemberId id) {
        return database.sql("select id, username, display_name, administrator from member.account where id = :id")
                .param("id", id.value())
                .query((row, _) -> account(row)).optional();
    }

    /// Keeps the account, until the transaction ends, from a deletion.
    Optional<Account> hold(MemberId id) {
        return database.sql("select id, username, display_name, administrator from member.account where id = :id for share")
                .param("id", id.value())
                .query((row, _) -> account(row)).optional();
    }

    Optional<Credentials> credentials(Username username) {
        return database.sql("""
                        select id, username, display_name, administrator, password_hash
                        from member.account where username_key = :key
                        """)
                .param("key", username.key())
                .query((row, _) -> new Credentials(account(row), row.getString("password_hash"))).optional();
    }

    Optional<Credentials> credentials(MemberId id) {
        return database.sql("select id, username, display_name, administrator, password_hash from member.account where id = :id")
                .param("id", id.value())
                .query((row, _) -> new Credentials(account(row), row.getString("password_hash"))).optional();
    }

    /// Whether a password that was right a moment ago still is, and stays so until the transaction ends: a change of the
    /// password waits for the lock.
    boolean stillHas(MemberId id, String passwordHash) {
        return database.sql("select 1 from member.account where id = :id and password_hash = :hash for share")
                .param("id", id.value())
                .param("hash", passwordHash)
                .query(Integer.class).optional().isPresent();
    }

    /// False when the old one has been changed meanwhile.
    boolean changePassword(MemberId id, String oldHash, String newHash) {
        return database.sql("update member.account set password_hash = :newHash where id = :id and password_hash = :oldHash")
                .param("newHash", newHash)
                .param("id", id.value())
                .param("oldHash", oldHash)
                .update() == 1;
    }

    /// False when there is one already.
    boolean addPassword(MemberId id, String hash) {
        return database.sql("update member.account set password_hash = :hash where id = :id and password_hash is null")
                .param("hash", hash)
                .param("id", id.value())
                .update() == 1;
    }

    Optional<Changed> rename(MemberId id, DisplayName displayName) {
        return database.sql("""
                        update member.account set display_name = :displayName, changes = changes + 1 where id = :id
                        returning id, username, display_name, administrator, changes
                        """)
                .param("displayName", displayName.value())
                .param("id", id.value())
                .query((row, _) -> new Changed(account(row), row.getLong("changes"))).optional();
    }

    /// Lets nobody sign up, change or leave until the transaction ends. Before any row is locked, or two would wait for each
    /// other in a circle.
    void lockAll() {
        database.sql("lock table member.account in share row exclusive mode").update();
    }

    /// Counts one more change and holds the account until the transaction ends.
    ///
    /// @param passwordHash only if this is still the account's; null whatever it is
    Optional<Long> nextChange(MemberId id, @Nullable String passwordHash) {
        return database.sql("""
                        update member.account set changes = changes + 1
                        where id = :id and (:hash is null or password_hash = :hash)
                        returning changes
                        """)
                .param("id", id.value())
                .param("hash", passwordHash, Types.VARCHAR)
                .query(Long.class).optional();
    }

    /// Whether another administers, or nobody else is here.
    boolean canSpare(MemberId administrator) {
        return database.sql("""
                        select count(*) = 0 or bool_or(administrator) from member.account where id <> :id
                        """)
                .param("id", administrator.value())
                .query(Boolean.class).single();
    }

    /// With all that refers to it. When nobody is left, the instance waits for its first member again.
    void remove(MemberId id) {
        database.sql("delete from member.account where id = :id").param("id", id.value()).update();
        database.sql("delete from member.founder where not exists (select from member.account)").update();
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(new MemberId(row.getObject("id", UUID.class)), row.getString("username"),
                row.getString("display_name"), row.getBoolean("administrator"));
    }
}
