package picup.member;

import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import picup.platform.MemberId;
import picup.platform.jobs.JobHandler;
import picup.platform.jobs.JobKind;
import picup.platform.jobs.Lane;

/// Greets a new member who gave an address. Not essential: five attempts, in a lane of its own, and then it is given up. A
/// process that is killed between the server's answer and its own note sends it twice.
class WelcomeMail implements JobHandler<WelcomeMail.Welcome> {
    record Welcome(MemberId member) {}

    private static final Lane LANE = new Lane("member", "mail", 1);
    private static final int ATTEMPTS = 5;

    private final JobKind<Welcome> kind;
    private final Emails emails;
    private final MailSettings settings;
    private final JavaMailSenderImpl server = new JavaMailSenderImpl();

    WelcomeMail(JobKind<Welcome> kind, Emails emails, MailSettings settings) {
        this.kind = kind;
        this.emails = emails;
        this.settings = settings;
        server.setHost(settings.host());
        server.setPort(settings.port());
        server.setUsername(settings.username());
        server.setPassword(settings.password());
        server.setDefaultEncoding("UTF-8");
        server.setJavaMailProperties(properties(settings));
    }

    static JobKind<Welcome> kind(Duration backoff) {
        return new JobKind<>(LANE, "welcome-mail", Welcome.class, ATTEMPTS, backoff, false);
    }

    private static Properties properties(MailSettings settings) {
        var timeout = String.valueOf(settings.timeout().toMillis());
        var properties = new Properties();
        properties.put("mail.smtp.connectiontimeout", timeout);
        properties.put("mail.smtp.timeout", timeout);
        properties.put("mail.smtp.writetimeout", timeout);
        properties.put("mail.smtp.auth", String.valueOf(settings.username() != null));
        properties.put("mail.smtp.starttls.enable", String.valueOf(settings.tls() == MailSettings.Tls.STARTTLS));
        properties.put("mail.smtp.starttls.required", String.valueOf(settings.tls() == MailSettings.Tls.STARTTLS));
        properties.put("mail.smtp.ssl.enable", String.valueOf(settings.tls() == MailSettings.Tls.IMPLICIT));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        return properties;
    }

    @Override
    public JobKind<Welcome> kind() {
        return kind;
    }

    /// Whoever has left or taken the address back meanwhile gets none.
    @Override
    public void run(Welcome welcome) {
        emails.recipient(welcome.member()).ifPresent(this::send);
    }

    private void send(Emails.Recipient recipient) {
        var mail = new SimpleMailMessage();
        mail.setFrom(Objects.requireNonNull(settings.from()));
        mail.setTo(recipient.email());
        mail.setSubject("Welcome to Picup · Picup에 오신 것을 환영합니다");
        mail.setText("""
                Hello %1$s,

                your Picup account is ready. You sign in as "%2$s".

                안녕하세요, %1$s님.

                Picup 계정이 준비되었습니다. 로그인 이름은 "%2$s"입니다.
                """.formatted(recipient.displayName(), recipient.username()));
        server.send(mail);
    }
}
