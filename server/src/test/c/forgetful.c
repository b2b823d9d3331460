/*
 * forgetful: a file system for tests that forgets what was not fsynced.
 *
 *     forgetful NOW STORE MOUNTPOINT [options of FUSE]
 *
 * Everything goes through to the folder NOW. Whoever writes to `.power-cut` in its root takes the power away: from then on every call
 * fails with EIO, and STORE/after holds what a disk would hold:
 *
 *   - of a file, the bytes and the size of its last fsync; nothing of one that was never synced;
 *   - of a folder, the names of its last fsync. A new file's or folder's first name is kept with its own first fsync, as ext4, xfs and
 *     btrfs do; a rename, a further link and a removal are kept with the fsync of the folder alone.
 *
 * Rights and times are kept as they were last. FUSE runs it with one thread, so nothing here is locked.
 */
#define FUSE_USE_VERSION 31
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fuse.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

static const char *now;   /* what programs see */
static const char *store; /* inodes/<number>: bytes that are safe; alive/<number>: keeps the number from being used again; after: see above */
static bool cut;

/* A name in a folder that is safe. */
struct entry {
    char *name;
    ino_t inode;
    mode_t type;
    char *link; /* of a symbolic one */
    struct entry *next;
};

/* What is known of an inode. */
struct node {
    ino_t inode;
    bool synced;        /* once at least */
    off_t from, to;     /* written since the last fsync; to == 0: nothing */
    char *first_name;   /* relative; until it is safe */
    struct entry *entries;
    struct node *next;
};

enum { BUCKETS = 1 << 14 };
static struct node *nodes[BUCKETS];

static void die(const char *what) {
    perror(what);
    abort();
}

static struct node *node_of(ino_t inode) {
    struct node **bucket = &nodes[inode % BUCKETS];
    for (struct node *each = *bucket; each; each = each->next)
        if (each->inode == inode) return each;
    struct node *fresh = calloc(1, sizeof *fresh);
    if (!fresh) die("calloc");
    fresh->inode = inode;
    fresh->next = *bucket;
    return *bucket = fresh;
}

static void real(char out[PATH_MAX], const char *path) {
    if (snprintf(out, PATH_MAX, "%s%s", now, path) >= PATH_MAX) die("a path is too long");
}

static void in_store(char out[PATH_MAX], const char *kind, ino_t inode) {
    snprintf(out, PATH_MAX, "%s/%s/%lu", store, kind, (unsigned long) inode);
}

#define REAL(path) char real_##path[PATH_MAX]; real(real_##path, path)
#define WHILE_THERE_IS_POWER if (cut) return -EIO
static int result(int code) { return code == -1 ? -errno : code; }

/* ---- what becomes safe ---- */

static void forget_entries(struct node *folder) {
    for (struct entry *each = folder->entries; each;) {
        struct entry *next = each->next;
        free(each->name);
        free(each->link);
        free(each);
        each = next;
    }
    folder->entries = NULL;
}

static void add_entry(struct node *folder, const char *name, const char *path, const struct stat *found) {
    for (struct entry *each = folder->entries; each; each = each->next)
        if (!strcmp(each->name, name)) {
            each->inode = found->st_ino;
            each->type = found->st_mode & S_IFMT;
            return;
        }
    struct entry *entry = calloc(1, sizeof *entry);
    entry->name = strdup(name);
    entry->inode = found->st_ino;
    entry->type = found->st_mode & S_IFMT;
    if (S_ISLNK(found->st_mode)) {
        char target[PATH_MAX] = {0};
        if (readlink(path, target, sizeof target - 1) >= 0) entry->link = strdup(target);
    }
    entry->next = folder->entries;
    folder->entries = entry;
}

/* The first name of a new file or folder, and those of the folders above that are new themselves. */
static void keep_first_name(struct node *node) {
    if (!node->first_name) return;
    char *path = node->first_name;
    node->first_name = NULL;
    REAL(path);
    struct stat found;
    if (lstat(real_path, &found) == 0 && found.st_ino == node->inode) {
        char folder[PATH_MAX];
        strcpy(folder, real_path);
        *strrchr(folder, '/') = 0;
        struct stat above;
        if (stat(folder, &above) == 0) {
            add_entry(node_of(above.st_ino), strrchr(path, '/') + 1, real_path, &found);
            keep_first_name(node_of(above.st_ino));
        }
    }
    free(path);
}

static void keep_alive(const char *path, ino_t inode) {
    char alive[PATH_MAX];
    in_store(alive, "alive", inode);
    if (link(path, alive) == -1 && errno != EEXIST && errno != ENOENT) die("alive");
}

static int keep_bytes(int file) {
    struct stat found;
    if (fstat(file, &found) == -1) return -errno;
    struct node *node = node_of(found.st_ino);
    char safe[PATH_MAX];
    in_store(safe, "inodes", found.st_ino);
    int copy = open(safe, O_WRONLY | O_CREAT, 0600);
    if (copy == -1) die(safe);
    char name[64]; /* the file may have been opened for writing alone */
    snprintf(name, sizeof name, "/proc/self/fd/%d", file);
    int bytes = open(name, O_RDONLY);
    if (bytes == -1) die(name);
    off_t from = node->synced ? node->from : 0, to = node->synced ? node->to : found.st_size;
    if (to > found.st_size) to = found.st_size;
    static char buffer[1 << 20];
    while (from < to) {
        ssize_t part = pread(bytes, buffer, (size_t) (to - from) < sizeof buffer ? (size_t) (to - from) : sizeof buffer, from);
        if (part <= 0) die("pread");
        if (pwrite(copy, buffer, part, from) != part) die("pwrite");
        from += part;
    }
    if (ftruncate(copy, found.st_size) == -1) die("ftruncate");
    close(bytes);
    close(copy);
    node->synced = true;
    node->from = node->to = 0;
    keep_first_name(node);
    return 0;
}

static void wrote(ino_t inode, off_t from, off_t to) {
    struct node *node = node_of(inode);
    if (node->to == 0 || from < node->from) node->from = from;
    if (to > node->to) node->to = to;
}

static int keep_names(const char *path) {
    REAL(path);
    struct stat folder;
    DIR *names = opendir(real_path);
    if (!names) return -errno;
    if (fstat(dirfd(names), &folder) == -1) die("fstat");
    struct node *node = node_of(folder.st_ino);
    forget_entries(node);
    for (struct dirent *each; (each = readdir(names));) {
        if (!strcmp(each->d_name, ".") || !strcmp(each->d_name, "..")) continue;
        char child[PATH_MAX];
        struct stat found;
        if (snprintf(child, sizeof child, "%s/%s", real_path, each->d_name) < (int) sizeof child && lstat(child, &found) == 0)
            add_entry(node, each->d_name, child, &found);
    }
    closedir(names);
    node->synced = true;
    keep_first_name(node);
    return 0;
}

/* ---- what is left ---- */

static void leave_file(const char *to, ino_t inode) {
    char safe[PATH_MAX], alive[PATH_MAX];
    in_store(safe, "inodes", inode);
    in_store(alive, "alive", inode);
    struct node *node = node_of(inode);
    int out = open(to, O_WRONLY | O_CREAT | O_EXCL, 0600);
    if (out == -1) die(to);
    int in = node->synced ? open(safe, O_RDONLY) : -1;
    if (in != -1) {
        static char buffer[1 << 20];
        for (ssize_t part; (part = read(in, buffer, sizeof buffer)) > 0;)
            if (write(out, buffer, part) != part) die("write");
        close(in);
    }
    struct stat found;
    if (stat(alive, &found) == 0) {
        struct timespec times[2] = {found.st_atim, found.st_mtim};
        if (fchown(out, found.st_uid, found.st_gid) == -1 || fchmod(out, found.st_mode & 07777) == -1) die("rights");
        futimens(out, times);
    }
    close(out);
}

static void leave_folder(const char *to, const char *was, ino_t inode) {
    for (struct entry *each = node_of(inode)->entries; each; each = each->next) {
        char child[PATH_MAX], child_was[PATH_MAX];
        snprintf(child, sizeof child, "%s/%s", to, each->name);
        snprintf(child_was, sizeof child_was, "%s/%s", was, each->name);
        if (S_ISDIR(each->type)) {
            struct stat found;
            if (mkdir(child, 0700) == -1) die(child);
            if (lstat(child_was, &found) == 0 && (chown(child, found.st_uid, found.st_gid) == -1 || chmod(child, found.st_mode & 07777) == -1)) die("rights");
            leave_folder(child, child_was, each->inode);
        } else if (S_ISLNK(each->type) && each->link) {
            if (symlink(each->link, child) == -1) die(child);
        } else if (S_ISREG(each->type)) {
            leave_file(child, each->inode);
        }
    }
}

static void cut_power(void) {
    char after[PATH_MAX];
    struct stat root;
    snprintf(after, sizeof after, "%s/after", store);
    if (stat(now, &root) == -1 || mkdir(after, 0755) == -1) die(after);
    leave_folder(after, now, root.st_ino);
    cut = true;
}

/* ---- calls ---- */

static void *ready(struct fuse_conn_info *connection, struct fuse_config *config) {
    (void) connection;
    config->use_ino = 1;
    config->entry_timeout = config->attr_timeout = config->negative_timeout = 0;
    return NULL;
}

static int do_getattr(const char *path, struct stat *found, struct fuse_file_info *file) {
    WHILE_THERE_IS_POWER;
    if (!strcmp(path, "/.power-cut")) {
        memset(found, 0, sizeof *found);
        found->st_mode = S_IFREG | 0600;
        found->st_nlink = 1;
        return 0;
    }
    REAL(path);
    int code = file ? fstat(file->fh, found) : lstat(real_path, found);
    if (code == 0 && S_ISREG(found->st_mode) && found->st_nlink > 1) {
        char alive[PATH_MAX];
        in_store(alive, "alive", found->st_ino);
        if (access(alive, F_OK) == 0) found->st_nlink--;
    }
    return result(code);
}

static int do_readlink(const char *path, char *target, size_t size) {
    WHILE_THERE_IS_POWER;
    REAL(path);
    ssize_t length = readlink(real_path, target, size - 1);
    if (length == -1) return -errno;
    target[length] = 0;
    return 0;
}

static void named(const char *path, const char *real_path) {
    struct stat found;
    struct fuse_context *caller = fuse_get_context();
    if (lchown(real_path, caller->uid, caller->gid) == -1 || lstat(real_path, &found) == -1) return;
    struct node *node = node_of(found.st_ino);
    free(node->first_name);
    node->first_name = strdup(path);
    if (S_ISREG(found.st_mode)) keep_alive(real_path, found.st_ino);
}

static int do_mknod(const char *path, mode_t mode, dev_t device) {
    WHILE_THERE_IS_POWER;
    REAL(path);
    int code = mknod(real_path, mode, device);
    if (code == 0) named(path, real_path);
    return result(code);
}

static int do_mkdir(const char *path, mode_t mode) {
    WHILE_THERE_IS_POWER;
    REAL(path);
    int code = mkdir(real_path, mode);
    if (code == 0) named(path, real_path);
    return result(code);
}

static int do_create(const char *path, mode_t mode, struct fuse_file_info *file) {
    WHILE_THERE_IS_POWER;
    REAL(path);
    int opened = open(real_path, (file->flags & ~O_DIRECT) | O_CREAT, mode);
    if (opened == -1) return -errno;
    file->fh = opened;
    named(path, real_path);
    return 0;
}

static int do_unlink(const char *path) { WHILE_THERE_IS_POWER; REAL(path); return result(unlink(real_path)); }
static int do_rmdir(const char *path) { WHILE_THERE_IS_POWER; REAL(path); return result(rmdir(real_path)); }

static int do_symlink(const char *target, const char *path) {
    WHILE_THERE_IS_POWER;
    REAL(path);
    int code = symlink(target, real_path);
    if (code == 0) named(path, real_path);
    return result(code);
}

static int do_rename(const char *from, const char *to, unsigned flags) {
    WHILE_THERE_IS_POWER;
    REAL(from);
    REAL(to);
    return result(renameat2(AT_FDCWD, real_from, AT_FDCWD, real_to, flags));
}

static int do_link(const char *from, const char *to) { WHILE_THERE_IS_POWER; REAL(from); REAL(to); return result(link(real_from, real_to)); }

static int do_chmod(const char *path, mode_t mode, struct fuse_file_info *file) {
    WHILE_THERE_IS_POWER;
    REAL(path);
    return result(file ? fchmod(file->fh, mode) : chmod(real_path, mode));
}

static int do_chown(const char *path, uid_t user, gid_t group, struct fuse_file_info *file) {
    WHILE_THERE_IS_POWER;
    REAL(path);
    return result(file ? fchown(file->fh, user, group) : lchown(real_path, user, group));
}

static int do_utimens(const char *path, const struct timespec times[2], struct fuse_file_info *file) {
    WHILE_THERE_IS_POWER;
    REAL(path);
    return result(file ? futimens(file->fh, times) : utimensat(AT_FDCWD, real_path, times, AT_SYMLINK_NOFOLLOW));
}

/* A shorter file counts as written from its new end on, so that what grows there again is kept with the next fsync. */
static int do_truncate(const char *path, off_t size, struct fuse_file_info *file) {
    WHILE_THERE_IS_POWER;
    if (!strcmp(path, "/.power-cut")) return 0;
    REAL(path);
    struct stat before;
    if (stat(real_path, &before) == -1 && !file) return -errno;
    if (file && fstat(file->fh, &before) == -1) return -errno;
    int code = file ? ftruncate(file->fh, size) : truncate(real_path, size);
    if (code == 0) wrote(before.st_ino, size < before.st_size ? size : before.st_size, size > before.st_size ? size : before.st_size);
    return result(code);
}

static int do_open(const char *path, struct fuse_file_info *file) {
    WHILE_THERE_IS_POWER;
    if (!strcmp(path, "/.power-cut")) return 0;
    REAL(path);
    struct stat before;
    bool empties = (file->flags & O_TRUNC) && stat(real_path, &before) == 0;
    int opened = open(real_path, file->flags & ~O_DIRECT);
    if (opened == -1) return -errno;
    if (empties) wrote(before.st_ino, 0, before.st_size);
    file->fh = opened;
    return 0;
}

static int do_read(const char *path, char *bytes, size_t size, off_t from, struct fuse_file_info *file) {
    (void) path;
    WHILE_THERE_IS_POWER;
    return result(pread(file->fh, bytes, size, from));
}

static int do_write(const char *path, const char *bytes, size_t size, off_t from, struct fuse_file_info *file) {
    WHILE_THERE_IS_POWER;
    if (!strcmp(path, "/.power-cut")) {
        cut_power();
        return size;
    }
    struct stat found;
    ssize_t written = pwrite(file->fh, bytes, size, from);
    if (written > 0 && fstat(file->fh, &found) == 0) wrote(found.st_ino, from, from + written);
    if (written > 0 && fcntl(file->fh, F_GETFL) & O_DSYNC) keep_bytes(file->fh); /* O_SYNC has this bit, too */
    return result(written);
}

static int do_fallocate(const char *path, int mode, off_t from, off_t size, struct fuse_file_info *file) {
    (void) path;
    WHILE_THERE_IS_POWER;
    struct stat found;
    int code = fallocate(file->fh, mode, from, size);
    if (code == 0 && fstat(file->fh, &found) == 0) wrote(found.st_ino, from, from + size);
    return result(code);
}

static int do_statfs(const char *path, struct statvfs *room) { WHILE_THERE_IS_POWER; REAL(path); return result(statvfs(real_path, room)); }
static int do_flush(const char *path, struct fuse_file_info *file) {
    (void) file;
    return cut && strcmp(path ? path : "", "/.power-cut") ? -EIO : 0;
}


static int do_release(const char *path, struct fuse_file_info *file) {
    if (strcmp(path ? path : "", "/.power-cut")) close(file->fh);
    return 0;
}

static int do_fsync(const char *path, int bytes_alone, struct fuse_file_info *file) {
    (void) bytes_alone;
    WHILE_THERE_IS_POWER;
    if (!strcmp(path ? path : "", "/.power-cut")) return 0;
    return keep_bytes(file->fh);
}

static int do_fsyncdir(const char *path, int bytes_alone, struct fuse_file_info *file) {
    (void) bytes_alone;
    (void) file;
    WHILE_THERE_IS_POWER;
    return keep_names(path);
}

static int do_readdir(const char *path, void *out, fuse_fill_dir_t fill, off_t from, struct fuse_file_info *file, enum fuse_readdir_flags flags) {
    (void) from;
    (void) file;
    (void) flags;
    WHILE_THERE_IS_POWER;
    REAL(path);
    DIR *names = opendir(real_path);
    if (!names) return -errno;
    for (struct dirent *each; (each = readdir(names));) {
        struct stat found = {.st_ino = each->d_ino, .st_mode = (mode_t) each->d_type << 12};
        if (fill(out, each->d_name, &found, 0, 0)) break;
    }
    closedir(names);
    return 0;
}

static const struct fuse_operations calls = {
    .init = ready, .getattr = do_getattr, .readlink = do_readlink, .mknod = do_mknod, .mkdir = do_mkdir, .create = do_create,
    .unlink = do_unlink, .rmdir = do_rmdir, .symlink = do_symlink, .rename = do_rename, .link = do_link, .chmod = do_chmod,
    .chown = do_chown, .utimens = do_utimens, .truncate = do_truncate, .open = do_open, .read = do_read, .write = do_write,
    .fallocate = do_fallocate, .statfs = do_statfs, .flush = do_flush, .release = do_release, .fsync = do_fsync,
    .fsyncdir = do_fsyncdir, .readdir = do_readdir,
};

/* What lay there before is safe. */
static void know(const char *path) {
    char relative[PATH_MAX];
    snprintf(relative, sizeof relative, "%s", path + strlen(now));
    DIR *names = opendir(path);
    if (!names) die(path);
    for (struct dirent *each; (each = readdir(names));) {
        if (!strcmp(each->d_name, ".") || !strcmp(each->d_name, "..")) continue;
        char child[PATH_MAX];
        struct stat found;
        if (snprintf(child, sizeof child, "%s/%s", path, each->d_name) >= (int) sizeof child || lstat(child, &found) == -1) continue;
        if (S_ISDIR(found.st_mode)) know(child);
        if (S_ISREG(found.st_mode)) {
            int file = open(child, O_RDONLY);
            if (file == -1) die(child);
            keep_alive(child, found.st_ino);
            keep_bytes(file);
            close(file);
        }
    }
    closedir(names);
    keep_names(relative[0] ? relative : "/");
}

int main(int count, char *words[]) {
    if (count < 4) {
        fputs("forgetful NOW STORE MOUNTPOINT [options of FUSE]\n", stderr);
        return 2;
    }
    now = realpath(words[1], NULL);
    store = realpath(words[2], NULL);
    if (!now || !store) die("NOW or STORE");
    umask(0);
    char folder[PATH_MAX];
    snprintf(folder, sizeof folder, "%s/inodes", store);
    if (mkdir(folder, 0700) == -1) die(folder);
    snprintf(folder, sizeof folder, "%s/alive", store);
    if (mkdir(folder, 0700) == -1) die(folder);
    know(now);
    words[2] = words[0];
    return fuse_main(count - 2, words + 2, &calls, NULL);
}
