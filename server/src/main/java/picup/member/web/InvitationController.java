package picup.member.web;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import picup.member.Invitation;
import picup.member.Invite;
import picup.member.ListInvitations;
import picup.member.WithdrawInvitation;
import picup.platform.security.SignedIn;

/// Of administrators alone.
@RestController
@RequestMapping("/api/admin/invitations")
class InvitationController {
    private final Invite invite;
    private final ListInvitations listInvitations;
    private final WithdrawInvitation withdrawInvitation;

    InvitationController(Invite invite, ListInvitations listInvitations, WithdrawInvitation withdrawInvitation) {
        this.invite = invite;
        this.listInvitations = listInvitations;
        this.withdrawInvitation = withdrawInvitation;
    }

    /// @param note for whom it is
    /// @param days how long it is good, 7 when absent
    record NewInvitation(@Nullable String note, @Nullable Integer days) {}

    /// @param usedBy null while it is unused, and when that account has gone
    record InvitationJson(UUID id, String note, String createdBy, Instant createdAt, Instant expiresAt, @Nullable Instant usedAt,
            @Nullable String usedBy) {
        static InvitationJson of(Invitation invitation) {
            return new InvitationJson(invitation.id(), invitation.note(), invitation.createdBy(), invitation.createdAt(),
                    invitation.expiresAt(), invitation.usedAt(), invitation.usedBy());
        }
    }

    /// @param secret told this once; the link is `/invitation#` and this
    record InvitationMade(InvitationJson invitation, String secret) {
        @Override
        public String toString() {
            return "InvitationMade[" + invitation.id() + "]";
        }
    }

    record InvitationList(List<InvitationJson> invitations) {}

    @PostMapping
    ResponseEntity<InvitationMade> invite(SignedIn signedIn, @RequestBody NewInvitation wanted) {
        var made = invite.invite(signedIn, wanted.note() == null ? "" : wanted.note(), wanted.days() == null ? Invite.DEFAULT_DAYS : wanted.days());
        return ResponseEntity.created(URI.create("/api/admin/invitations/" + made.invitation().id()))
                .body(new InvitationMade(InvitationJson.of(made.invitation()), made.secret()));
    }

    @GetMapping
    InvitationList list() {
        return new InvitationList(listInvitations.list().stream().map(InvitationJson::of).toList());
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void withdraw(SignedIn signedIn, @PathVariable UUID id) {
        withdrawInvitation.withdraw(signedIn, id);
    }
}
