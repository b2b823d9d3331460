package picup.member.passkey;

import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import picup.member.Device;
import picup.platform.MemberId;

/// The table `member.passkey`.
@Component
class Passkeys {
    private static final int MAX_USER_AGENT_CHARS = 200;

    private final JdbcClient database;

    Passkeys(JdbcClient database) {
        this.database = database;
    }

    /// @param transports how the browser may reach it, divided by spaces
    record Credential(MemberId member, byte[] id, byte[] attestationObject, long signatureCount, String transports) {
        /// What the authenticator keeps as `user.id`, and brings back. The id says nothing about the person (WebAuthn, section 14.6.1).
        byte[] userHandle() {
            return handle(member);
        }
    }

    static byte[] handle(MemberId member) {
        return ByteBuffer.allocate(16).putLong(member.value().getMostSignificantBits())
                .putLong(member.value().getLeastSignificantBits()).array();
    }

    int count(MemberId member) {
        return database.sql("select count(*) from member.passkey where member_id = :member")
                .param("member", member.value())
                .query(Integer.class).single();
    }

    /// False when the credential is known already, whoever's it is.
    boolean add(UUID id, Credential credential, PasskeyName name, String userAgent, Instant now) {
        String clean = userAgent.replace("\0", "");
        return database.sql("""
                        insert into member.passkey (id, member_id, credential_id, attestation_object, signature_count, transports, name,
                            user_agent, created_at)
                        values (:id, :member, :credential, :attestation, :count, :transports, :name, :userAgent, :now)
                        on conflict (credential_id) do nothing
                        """)
                .param("id", id)
                .param("member", credential.member().value())
                .param("credential", credential.id())
                .param("attestation", credential.attestationObject())
                .param("count", credential.signatureCount())
                .param("transports", credential.transports())
                .param("name", name.value())
                .param("userAgent", clean.substring(0, Math.min(clean.length(), MAX_USER_AGENT_CHARS)))
                .param("now", now.atOffset(ZoneOffset.UTC))
                .update() == 1;
    }

    Optional<Credential> find(byte[] credentialId) {
        return database.sql("select * from member.passkey where credential_id = :credential")
                .param("credential", credentialId)
                .query((row, _) -> credential(row)).optional();
    }

    /// Waits for whoever signs in with the same passkey, so that each sees the counter that the other has left.
    Optional<Credential> lock(byte[] credentialId) {
        return database.sql("select * from member.passkey where credential_id = :credential for update")
                .param("credential", credentialId)
                .query((row, _) -> credential(row)).optional();
    }

    List<Credential> credentialsOf(MemberId member) {
        return database.sql("select * from member.passkey where member_id = :member order by created_at, id")
                .param("member", member.value())
                .query((row, _) -> credential(row)).list();
    }

    /// False when the counter has not gone up, as it must unless it stays 0 for good (WebAuthn, section 6.1.1).
    boolean used(byte[] credentialId, long signatureCount, Instant now) {
        return database.sql("""
                        update member.passkey set signature_count = :count, last_used_at = :now
                        where credential_id = :credential and (signature_count < :count or signature_count = 0 and :count = 0)
                        """)
                .param("count", signatureCount)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("credential", credentialId)
                .update() == 1;
    }

    List<Passkey> of(MemberId member) {
        return database.sql("""
                        select id, name, user_agent, created_at, last_used_at from member.passkey
                        where member_id = :member order by created_at, id
                        """)
                .param("member", member.value())
                .query((row, _) -> passkey(row)).list();
    }

    Optional<Passkey> rename(MemberId member, UUID id, PasskeyName name) {
        return database.sql("""
                        update member.passkey set name = :name where id = :id and member_id = :member
                        returning id, name, user_agent, created_at, last_used_at
                        """)
                .param("name", name.value())
                .param("id", id)
                .param("member", member.value())
                .query((row, _) -> passkey(row)).optional();
    }

    boolean remove(MemberId member, UUID id) {
        return database.sql("delete from member.passkey where id = :id and member_id = :member")
                .param("id", id)
                .param("member", member.value())
                .update() == 1;
    }

    private static Credential credential(ResultSet row) throws SQLException {
        return new Credential(new MemberId(row.getObject("member_id", UUID.class)), row.getBytes("credential_id"),
                row.getBytes("attestation_object"), row.getLong("signature_count"), row.getString("transports"));
    }

    private static Passkey passkey(ResultSet row) throws SQLException {
        return new Passkey(row.getObject("id", UUID.class), row.getString("name"), Device.named(row.getString("user_agent")).orElse(null),
                row.getObject("created_at", OffsetDateTime.class).toInstant(), instant(row, "last_used_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
