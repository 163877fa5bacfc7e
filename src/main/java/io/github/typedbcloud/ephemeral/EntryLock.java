package io.github.typedbcloud.ephemeral;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The lock on an entry of a {@link Ledger}, held by at most one holder among all processes and all
 * threads. The operating system releases it when the process ends, also when it is killed.
 *
 * <p>A POSIX lock is released when the process closes <em>any</em> descriptor of the file. So the
 * lock is on a file of its own that nobody reads, and a process never opens a lock file that it
 * holds: it claims the file in a registry first. The registry is the system properties, because all
 * class loaders share them.
 */
final class EntryLock implements AutoCloseable {

  static final String REGISTRY_PREFIX = "io.github.typedbcloud.ephemeral.lock.";

  /** Channels that must stay open, because closing one would release the lock of its file. */
  private static final Queue<FileChannel> KEPT_OPEN = new ConcurrentLinkedQueue<>();

  private final Path file;
  private final FileChannel channel;

  private EntryLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Creates the lock file and locks it.
   *
   * @param file in a directory whose path is real
   * @throws IOException when that fails; then there is no lock file
   */
  static EntryLock create(Path file) throws IOException {
    EntryLock lock;
    try {
      lock = tryLock(file, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException e) {
      // Created, and not lockable: the file system has no locks, or no room.
      Files.deleteIfExists(file);
      throw e;
    }
    // A sweep may have taken it for one that was left behind. It did not if the file is still here:
    // the sweep deletes it before it releases its lock.
    if (lock == null || !Files.exists(file)) {
      if (lock != null) {
        lock.close();
      }
      throw new IOException("The lock file " + file + " was taken by another process");
    }
    return lock;
  }

  /**
   * Locks the file of an existing entry; a missing lock file is created.
   *
   * @return null when this process or another one holds the lock
   */
  static @Nullable EntryLock tryLockEntry(Path file) throws IOException {
    return tryLock(file, StandardOpenOption.CREATE);
  }

  /**
   * Locks an existing lock file.
   *
   * @return null when this process or another one holds the lock
   */
  static @Nullable EntryLock tryLockExisting(Path file) throws IOException {
    return tryLock(file);
  }

  private static @Nullable EntryLock tryLock(Path file, OpenOption... create) throws IOException {
    if (System.getProperties().putIfAbsent(REGISTRY_PREFIX + file, "locked") != null) {
      return null;
    }
    boolean keepsClaim = false;
    FileChannel channel = null;
    try {
      channel = open(file, create);
      if (channel.tryLock() != null) {
        keepsClaim = true;
        return new EntryLock(file, channel);
      }
      return null;
    } catch (OverlappingFileLockException e) {
      // This process holds the lock, and the registry did not know: it was replaced, or the file
      // has another path. The claim that was made now stands until the holder releases it.
      keepsClaim = true;
      KEPT_OPEN.add(Objects.requireNonNull(channel));
      return null;
    } finally {
      if (!keepsClaim) {
        release(file, channel);
      }
    }
  }

  private static FileChannel open(Path file, OpenOption... create) throws IOException {
    OpenOption[] options = new OpenOption[create.length + 1];
    System.arraycopy(create, 0, options, 0, create.length);
    options[create.length] = StandardOpenOption.WRITE;
    return FileChannel.open(file, options);
  }

  /** Deletes the lock file; the lock is held until it is closed. */
  void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  /** Releases the lock. Does nothing the second time. */
  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      release(file, channel);
    }
  }

  /** In this order: whoever claims the file next must not see its lock released by this close. */
  private static void release(Path file, @Nullable FileChannel channel) throws IOException {
    try {
      if (channel != null) {
        channel.close();
      }
    } finally {
      System.getProperties().remove(REGISTRY_PREFIX + file);
    }
  }
}
