package picup.member.web;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import picup.member.DeleteAccount;
import picup.member.administration.ChangeRole;
import picup.member.administration.ListMembers;
import picup.member.administration.ManagedMember;
import picup.member.administration.ResetSecondFactor;
import picup.member.administration.SignMemberOut;
import picup.member.administration.SuspendMember;
import picup.platform.MemberId;
import picup.platform.PageLimit;
import picup.platform.Problem;

/// Who may come here is decided at the door: `AdministratorsOnly`.
@RestController
@RequestMapping("/api/admin/members")
class AdminMembersController {
    private static final int MOST_IDS = 200;

    private final ListMembers listMembers;
    private final ChangeRole changeRole;
    private final SuspendMember suspendMember;
    private final SignMemberOut signMemberOut;
    private final ResetSecondFactor resetSecondFactor;
    private final DeleteAccount deleteAccount;

    AdminMembersController(ListMembers listMembers, ChangeRole changeRole, SuspendMember suspendMember, SignMemberOut signMemberOut,
            ResetSecondFactor resetSecondFactor, DeleteAccount deleteAccount) {
        this.listMembers = listMembers;
        this.changeRole = changeRole;
        this.suspendMember = suspendMember;
        this.signMemberOut = signMemberOut;
        this.resetSecondFactor = resetSecondFactor;
        this.deleteAccount = deleteAccount;
    }

    record SessionsEnded(int count) {}

    /// @param search the beginning of user names
    /// @param ids    these members and no page
    @GetMapping
    ListMembers.MemberPage list(@RequestParam(defaultValue = "") String search, @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit, @RequestParam(required = false) @Nullable List<UUID> ids) {
        if (ids != null && ids.size() > MOST_IDS) {
            throw Problem.BAD_VALUE.because("ids may be %d at most, but are %d.".formatted(MOST_IDS, ids.size()));
        }
        return ids == null ? listMembers.page(search, cursor, PageLimit.of(limit)) : listMembers.of(ids);
    }

    @PutMapping("/{id}/administrator")
    ManagedMember makeAdministrator(MemberId actor, @PathVariable UUID id) {
        return changeRole.change(actor, new MemberId(id), true);
    }

    @DeleteMapping("/{id}/administrator")
    ManagedMember unmakeAdministrator(MemberId actor, @PathVariable UUID id) {
        return changeRole.change(actor, new MemberId(id), false);
    }

    @PutMapping("/{id}/suspension")
    ManagedMember suspend(MemberId actor, @PathVariable UUID id) {
        return suspendMember.suspend(actor, new MemberId(id));
    }

    @DeleteMapping("/{id}/suspension")
    ManagedMember reinstate(MemberId actor, @PathVariable UUID id) {
        return suspendMember.reinstate(actor, new MemberId(id));
    }

    @DeleteMapping("/{id}/sessions")
    SessionsEnded signOut(MemberId actor, @PathVariable UUID id) {
        return new SessionsEnded(signMemberOut.signOut(actor, new MemberId(id)));
    }

    /// For who has lost the app and the recovery codes. Ends the sessions too.
    @DeleteMapping("/{id}/second-factor")
    ManagedMember resetSecondFactor(MemberId actor, @PathVariable UUID id) {
        return resetSecondFactor.reset(actor, new MemberId(id));
    }

    /// The account at once, the pictures soon after. Nobody can take it back.
    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(MemberId actor, @PathVariable UUID id) {
        switch (deleteAccount.delete(actor, new MemberId(id))) {
            case DELETED -> {}
            case NO_SUCH_ACCOUNT -> throw Problem.NOT_FOUND.because("There is no such member, or not any more.");
            case LAST_ADMINISTRATOR -> throw Problem.LAST_ADMINISTRATOR.because("This is the last administrator. Make somebody else one first.");
        }
    }
}
