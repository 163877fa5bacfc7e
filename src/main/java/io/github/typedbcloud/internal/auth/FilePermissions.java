package io.github.typedbcloud.internal.auth;

import static java.nio.file.attribute.PosixFilePermission.GROUP_READ;
import static java.nio.file.attribute.PosixFilePermission.GROUP_WRITE;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_READ;
import static java.nio.file.attribute.PosixFilePermission.OTHERS_WRITE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Who may access a file with a secret: only its owner may write it, and only its owner may read it,
 * except that
 *
 * <ul>
 *   <li>a file system in memory, as which Kubernetes and systemd mount secrets, may give read
 *       access to all: Kubernetes' default mode is 0644
 *   <li>the group may read a file of another user, which is how a process gets one that it does not
 *       own; of a file of its own user, this is logged as a warning, once
 * </ul>
 *
 * <p>Not checked where the file system has no POSIX permissions. Thread-safe.
 */
final class FilePermissions {

  private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");

  private static final Path OWN_PROCESS = Path.of("/proc/self");

  private final AtomicBoolean hasWarned = new AtomicBoolean();

  /** What is wrong, and what to do, as the end of a sentence; null for nothing. */
  @Nullable String problem(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null) {
      return null;
    }
    PosixFileAttributes attributes = view.readAttributes();
    Set<PosixFilePermission> permissions = attributes.permissions();
    if (permissions.contains(GROUP_WRITE) || permissions.contains(OTHERS_WRITE)) {
      return "can be written by others than its owner ("
          + PosixFilePermissions.toString(permissions)
          + "); restrict it with chmod 600";
    }
    boolean isOpenToAll = permissions.contains(OTHERS_READ);
    if ((!isOpenToAll && !permissions.contains(GROUP_READ)) || isInMemory(file)) {
      return null;
    }
    if (isOpenToAll) {
      return "can be read by all users ("
          + PosixFilePermissions.toString(permissions)
          + "); restrict it with chmod 600";
    }
    if (attributes.owner().getName().equals(ownUser()) && !hasWarned.getAndSet(true)) {
      LoggerFactory.getLogger("io.github.typedbcloud.security")
          .warn(
              "The credentials file {} can be read by its group ({}); restrict it with chmod 600"
                  + " unless this is intended",
              file,
              PosixFilePermissions.toString(permissions));
    }
    return null;
  }

  private static boolean isInMemory(Path file) throws IOException {
    return IN_MEMORY.contains(Files.getFileStore(file).type().toLowerCase(Locale.ROOT));
  }

  /** In a container the system property may hold none. */
  private static String ownUser() {
    try {
      return Files.getOwner(OWN_PROCESS).getName();
    } catch (IOException | UnsupportedOperationException e) {
      return System.getProperty("user.name", "");
    }
  }
}
