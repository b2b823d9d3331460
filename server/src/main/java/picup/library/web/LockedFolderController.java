package picup.library.web;

import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import picup.library.OpenFolders;
import picup.library.Pictures;
import picup.library.locked.ChooseCode;
import picup.library.locked.LockPictures;
import picup.library.locked.UnlockFolder;
import picup.platform.Cursor;
import picup.platform.MemberId;
import picup.platform.PageLimit;
import picup.platform.Problem;
import picup.platform.security.SignedIn;

/// The folder behind a second unlock. For sessions only: no scope of an API key reaches it.
@RestController
@RequestMapping("/api/locked-folder")
class LockedFolderController {
    private final UnlockFolder unlock;
    private final ChooseCode choose;
    private final LockPictures lock;
    private final OpenFolders folders;
    private final Pictures pictures;
    private final WholePictures whole;

    LockedFolderController(UnlockFolder unlock, ChooseCode choose, LockPictures lock, OpenFolders folders, Pictures pictures, WholePictures whole) {
        this.unlock = unlock;
        this.choose = choose;
        this.lock = lock;
        this.folders = folders;
        this.pictures = pictures;
        this.whole = whole;
    }

    record FolderCodeJson(@Nullable String code) {
        @Override
        public String toString() {
            return "FolderCodeJson[hidden]";
        }
    }

    /// @param current the code until now; left out for the first one, and by who has forgotten it and has just proved to be the member
    record NewFolderCode(@Nullable String code, @Nullable String current) {
        @Override
        public String toString() {
            return "NewFolderCode[hidden]";
        }
    }

    /// @param undo of the answer to the locking
    record LockUndo(@Nullable UUID undo) {}

    /// Asking is no use of the folder, and does not keep it open.
    @GetMapping
    UnlockFolder.LockedFolder state(MemberId member) {
        return unlock.state(member);
    }

    /// Sets or changes the code, and opens the folder to this session alone.
    @PutMapping("/code")
    UnlockFolder.LockedFolder choose(SignedIn who, @RequestBody NewFolderCode body) {
        choose.run(who, body.code(), body.current());
        return unlock.state(who.member());
    }

    /// Opens the folder to this session, until it was not used for 15 minutes.
    @PostMapping("/unlock")
    UnlockFolder.LockedFolder unlock(SignedIn who, @RequestBody FolderCodeJson body) {
        return unlock.run(who, body.code());
    }

    /// Closes the folder to this session at once.
    @PostMapping("/lock")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void lock(SignedIn who) {
        unlock.lock(who);
    }

    /// What lies in it, newest first, without the trash.
    @GetMapping("/pictures")
    PicturePage pictures(MemberId member, @RequestParam(required = false) @Nullable String cursor, @RequestParam(required = false) @Nullable Integer limit) {
        folders.require(member);
        int size = PageLimit.of(limit);
        var rows = pictures.page(member, Pictures.Shelf.LOCKED, cursor == null ? null : Cursor.of(cursor), size + 1);
        return PicturePage.of(whole, rows, size, picture -> new Cursor(picture.takenAt(), picture.id()));
    }

    /// Moves pictures into the folder, open or not. Each answer can be undone for half a minute.
    @PostMapping("/pictures")
    LockPictures.Locked in(SignedIn who, @RequestBody IdsJson body) {
        return lock.in(who, body.required());
    }

    /// Moves pictures back to where they were.
    @DeleteMapping("/pictures")
    Counted out(SignedIn who, @RequestBody IdsJson body) {
        return new Counted(lock.out(who, body.required()));
    }

    /// Takes back what this session has just moved in, whether the folder is open or not.
    @PostMapping("/undo")
    Counted undo(SignedIn who, @RequestBody LockUndo body) {
        if (body.undo() == null) {
            throw Problem.BAD_VALUE.because("The body must be {\"undo\": \"...\"}, of the answer to what is to be undone.");
        }
        return new Counted(lock.undo(who, body.undo()));
    }

    /// Has the browser drop what it keeps for a year under addresses that it knew before pictures were locked.
    @DeleteMapping("/browser-cache")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void forget(MemberId member, HttpServletResponse response) {
        response.setHeader("Clear-Site-Data", "\"cache\"");
    }
}
