package picup.member;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import picup.platform.jobs.JobKind;

/// There only when a mail server is named.
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("picup.mail.host")
class MailConfiguration {
    @Bean
    JobKind<WelcomeMail.Welcome> welcomeMailKind(MailSettings settings) {
        return WelcomeMail.kind(settings.backoff());
    }

    @Bean
    WelcomeMail welcomeMail(JobKind<WelcomeMail.Welcome> kind, Emails emails, MailSettings settings) {
        return new WelcomeMail(kind, emails, settings);
    }
}
