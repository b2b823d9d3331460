package picup.member;

import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import picup.platform.MemberId;
import picup.platform.jobs.JobKind;
import picup.platform.jobs.Jobs;
import picup.platform.jobs.Priority;

/// The column `email` of `member.account`, and the mail that follows from it.
@Component
class Emails {
    record Recipient(String email, String username, String displayName) {}

    private final JdbcClient database;
    private final Jobs jobs;
    private final ObjectProvider<JobKind<WelcomeMail.Welcome>> welcomes;

    /// @param welcomes none when this instance sends no mail
    Emails(JdbcClient database, Jobs jobs, ObjectProvider<JobKind<WelcomeMail.Welcome>> welcomes) {
        this.database = database;
        this.jobs = jobs;
        this.welcomes = welcomes;
    }

    /// Notes the address of a new member, and has the welcome sent. Joins the surrounding transaction, and talks to no mail server.
    void welcome(MemberId member, EmailAddress address) {
        set(member, Optional.of(address));
        welcomes.ifAvailable(kind -> jobs.add(kind, new WelcomeMail.Welcome(member), Priority.INTERACTIVE));
    }

    /// False when there is no such member.
    boolean set(MemberId member, Optional<EmailAddress> address) {
        return database.sql("update member.account set email = :email where id = :id")
                .param("email", address.map(EmailAddress::value).orElse(null))
                .param("id", member.value())
                .update() == 1;
    }

    /// Empty also when there is no such member.
    Optional<String> of(MemberId member) {
        return recipient(member).map(Recipient::email);
    }

    Optional<Recipient> recipient(MemberId member) {
        return database.sql("select email, username, display_name from member.account where id = :id and email is not null")
                .param("id", member.value())
                .query((row, _) -> new Recipient(row.getString(1), row.getString(2), row.getString(3))).optional();
    }
}
