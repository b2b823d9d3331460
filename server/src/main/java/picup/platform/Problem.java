package picup.platform;

import java.util.Locale;

/// Every error that a client can see, as RFC 9457 problem details. The `code` is what programs switch on:
/// codes retire, they never return with another meaning.
public enum Problem {
    // the caller's
    BAD_REQUEST(400, "The request cannot be understood"),
    BAD_VALUE(400, "A value is not allowed"),
    COMMON_PASSWORD(400, "The password is one that guessers try first"),
    BAD_CURSOR(400, "The cursor is not one that this list gave out"),
    NOT_SIGNED_IN(401, "Sign in first"),
    BAD_CREDENTIALS(401, "The user name or the password is wrong"),
    PASSKEY_REFUSED(401, "This passkey is not accepted"),
    SECOND_FACTOR_NEEDED(401, "The password is right, and a code is needed too"),
    WRONG_CODE(401, "The code is wrong"),
    SESSION_ENDED(401, "This session has ended"),
    CROSS_SITE(403, "The request came from another site"),
    NO_PUBLIC_ADDRESS(403, "Picup has not been told its own address"),
    FORBIDDEN(403, "This is not allowed"),
    SIGN_IN_INTERRUPTED(403, "The sign-in was not finished where it began, or took too long"),
    PROVIDER_REFUSED(403, "The other service does not vouch for this"),
    ACCOUNT_UNKNOWN(403, "Nobody here has linked this account"),
    PROOF_NEEDED(403, "Prove first once more who you are"),
    LOCKED(403, "This lies in the locked folder"),
    SCOPE_MISSING(403, "The API key does not allow this"),
    SIGN_UP_CLOSED(403, "Nobody can sign up here"),
    INVITATION_NEEDED(403, "Signing up here takes an invitation"),
    INVITATION_OVER(403, "The invitation is not good, or not any more"),
    SUSPENDED(403, "This account is suspended"),
    NOT_FOUND(404, "There is nothing here"),
    METHOD_NOT_ALLOWED(405, "This method is not allowed here"),
    NOT_ACCEPTABLE(406, "The answer cannot be given in the form that was asked for"),
    TOO_SLOW(408, "The rest of the request did not come in time"),
    USERNAME_TAKEN(409, "The user name is taken"),
    DELETED_BEFORE(409, "This picture was deleted for good before"),
    IN_TRASH(409, "The picture is in the trash"),
    PURGE_PAUSED(409, "So much is not deleted for good without another question"),
    DIRECT_UPLOADS_UNAVAILABLE(409, "Here, uploads go through the server"),
    PASSKEY_KNOWN(409, "This passkey is registered already"),
    ACCOUNT_LINKED_ELSEWHERE(409, "Another member has linked this account"),
    LAST_WAY_IN(409, "This is the only way in that is left"),
    NOT_IN_ALBUM(409, "The picture is not in this album"),
    ALBUM_NESTING(409, "The album cannot lie there"),
    ALBUM_FULL(409, "The album takes no more"),
    ALBUMS_FULL(409, "There are too many albums"),
    NOT_EDITABLE(409, "This cannot be edited"),
    NO_LOCKED_FOLDER(409, "The locked folder has no code yet"),
    CONFLICT(409, "The state has changed meanwhile"),
    WRONG_OFFSET(409, "The upload is at another offset"),
    LAST_ADMINISTRATOR(409, "Somebody must look after this Picup"),
    UPLOAD_OVER(410, "This upload has ended"),
    UNKNOWN_PROTOCOL(412, "This version of the protocol is not spoken here"),
    OVER_QUOTA(413, "There is no space left for this"),
    TOO_LARGE(413, "The request is too large"),
    NOT_A_PICTURE(415, "This is neither a photo nor a video that Picup knows"),
    UNSUPPORTED_MEDIA_TYPE(415, "The request has a content type that is not understood here"),
    RANGE_NOT_SATISFIABLE(416, "The range lies outside the file"),
    DIGEST_MISMATCH(422, "The bytes that arrived are not the bytes that were announced"),
    UPLOAD_BUSY(423, "Another request writes to this upload"),
    TOO_MANY_UPLOADS(429, "Too many uploads are open"),
    TOO_MANY_ATTEMPTS(429, "Too many attempts"),
    CHECKSUM_MISMATCH(460, "The bytes that arrived do not have the checksum that was announced"), // tus 1.0, Checksum
    // the server's
    INTERNAL(500, "Something went wrong here"),
    // capacity
    PROVIDER_UNAVAILABLE(503, "The other service does not answer"),
    STARTING(503, "Picup cannot tell yet who you are"),
    STORAGE_UNAVAILABLE(503, "Where originals are kept does not answer"),
    OVERLOADED(503, "Too much is going on at the moment"),
    STORAGE_FULL(507, "The server has no room left");

    private final int status;
    private final String title;

    Problem(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /// Stable and machine-readable, in kebab case: `over-quota`.
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// An exception that ends the request with this problem. `detail` says what was offending, what was expected and
    /// what to do next; it is shown to the caller.
    public ProblemException because(String detail) {
        return new ProblemException(this, detail);
    }
}
