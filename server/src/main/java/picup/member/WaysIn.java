package picup.member;

import java.util.function.BooleanSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;
import picup.platform.MemberId;

/// Keeps everybody at least one way in: the password, a passkey or an account elsewhere.
///
/// Two who remove the last two ways at once wait for each other at the account's row, so the second one counts what the first
/// has left.
@Component
public class WaysIn {
    private final JdbcClient database;
    private final TransactionTemplate transaction;

    WaysIn(JdbcClient database, TransactionTemplate transaction) {
        this.database = database;
        this.transaction = transaction;
    }

    public sealed interface Removal {
        record Removed() implements Removal {}

        record WasTheLast() implements Removal {}

        record NotThere() implements Removal {}
    }

    public boolean includePassword(MemberId member) {
        return database.sql("select exists (select from member.account where id = :id and password_hash is not null)")
                .param("id", member.value())
                .query(Boolean.class).single();
    }

    /// @param remove takes away one way in, and says whether it was there
    public Removal remove(MemberId member, BooleanSupplier remove) {
        return transaction.execute(status -> {
            database.sql("select 1 from member.account where id = :id for update").param("id", member.value())
                    .query(Integer.class).optional();
            if (!remove.getAsBoolean()) {
                return new Removal.NotThere();
            }
            if (count(member) == 0) {
                status.setRollbackOnly();
                return new Removal.WasTheLast();
            }
            return new Removal.Removed();
        });
    }

    private long count(MemberId member) {
        return database.sql("""
                        select (select count(*) from member.account where id = :id and password_hash is not null)
                             + (select count(*) from member.passkey where member_id = :id)
                             + (select count(*) from member.linked_account where member_id = :id)
                        """)
                .param("id", member.value())
                .query(Long.class).single();
    }
}
