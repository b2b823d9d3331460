package picup.member;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import picup.platform.MemberId;

/// The tables `member.second_factor` and `member.recovery_code`.
@Component
class SecondFactors {
    private final JdbcClient database;
    private final SecretBox box;

    SecondFactors(JdbcClient database, SecretBox box) {
        this.database = database;
        this.box = box;
    }

    record Factor(Totp totp, long lastStep) {}

    /// What is in force, locked until the transaction ends. Empty for a member without one.
    Optional<Factor> lock(MemberId member) {
        return locked(member, "secret");
    }

    /// What waits for its first code.
    Optional<Factor> lockPending(MemberId member) {
        return locked(member, "pending_secret");
    }

    private Optional<Factor> locked(MemberId member, String column) {
        return database.sql("select " + column + " as secret, last_step from member.second_factor where member_id = :member and "
                        + column + " is not null for update")
                .param("member", member.value())
                .query((row, _) -> new Factor(new Totp(box.open(row.getBytes("secret"), member)), row.getLong("last_step"))).optional();
    }

    boolean isOn(MemberId member) {
        return database.sql("select exists (select from member.second_factor where member_id = :member and secret is not null)")
                .param("member", member.value())
                .query(Boolean.class).single();
    }

    int recoveryCodesLeft(MemberId member) {
        return database.sql("select count(*) from member.recovery_code where member_id = :member")
                .param("member", member.value())
                .query(Integer.class).single();
    }

    /// What is in force stays so until the new one is confirmed.
    void begin(MemberId member, Totp totp) {
        database.sql("""
                        insert into member.second_factor (member_id, pending_secret) values (:member, :secret)
                        on conflict (member_id) do update set pending_secret = excluded.pending_secret
                        """)
                .param("member", member.value())
                .param("secret", box.seal(totp.secret(), member))
                .update();
    }

    void confirm(MemberId member, long step) {
        database.sql("""
                        update member.second_factor set secret = pending_secret, pending_secret = null, last_step = :step
                        where member_id = :member
                        """)
                .param("step", step)
                .param("member", member.value())
                .update();
    }

    void accepted(MemberId member, long step) {
        database.sql("update member.second_factor set last_step = :step where member_id = :member")
                .param("step", step)
                .param("member", member.value())
                .update();
    }

    /// In place of those that were there.
    void replaceRecoveryCodes(MemberId member, List<RecoveryCode> codes) {
        database.sql("delete from member.recovery_code where member_id = :member").param("member", member.value()).update();
        codes.forEach(code -> database.sql("insert into member.recovery_code (member_id, code_hash) values (:member, :hash)")
                .param("member", member.value())
                .param("hash", box.fingerprint(code.text(), member))
                .update());
    }

    /// False when there is no such code, or not any more.
    boolean useUp(MemberId member, RecoveryCode code) {
        return database.sql("delete from member.recovery_code where member_id = :member and code_hash = :hash")
                .param("member", member.value())
                .param("hash", box.fingerprint(code.text(), member))
                .update() == 1;
    }

    boolean remove(MemberId member) {
        return database.sql("delete from member.second_factor where member_id = :member").param("member", member.value()).update() == 1;
    }
}
