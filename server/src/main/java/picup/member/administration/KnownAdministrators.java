package picup.member.administration;

import org.springframework.stereotype.Component;
import picup.platform.MemberId;
import picup.platform.security.Administrators;

@Component
class KnownAdministrators implements Administrators {
    private final Members members;

    KnownAdministrators(Members members) {
        this.members = members;
    }

    @Override
    public boolean contains(MemberId member) {
        return members.isAdministrator(member);
    }
}
