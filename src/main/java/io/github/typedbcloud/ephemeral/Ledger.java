package io.github.typedbcloud.ephemeral;

import io.github.typedbcloud.model.Scope;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory that records ephemeral clusters. Processes may share it. For each cluster it has an
 * entry {@code <id>.properties}, and a lock file {@code <id>.lock} that is held while the cluster
 * is in use.
 *
 * <p>The protocol relies on IDs that are never used twice:
 *
 * <ul>
 *   <li>Record: create the lock file, lock it, and verify that it still exists; write the entry to
 *       {@code <id>.new}, and rename it. So an entry is complete as soon as it exists, it was
 *       locked before, and it is on disk before the deployment is sent.
 *   <li>Acquire an entry of an ended process: lock the lock file, and verify that the entry still
 *       exists. If it does not, its holder removed it before it released the lock.
 *   <li>Remove: only with the lock; delete the entry, then the lock file, then release the lock. A
 *       process that waited with a descriptor of the deleted lock file finds no entry, and an entry
 *       that is gone never comes back. So two processes never hold one entry.
 *   <li>Clean up after a process that was killed between two of these steps: an old lock file
 *       without an entry is locked, never created, and deleted if there is still no entry; an old
 *       {@code <id>.new} is deleted. Only this depends on a clock, and only for tidiness: a process
 *       that was paused in the middle of recording, and whose files were deleted, fails to record.
 * </ul>
 *
 * <p>Entries are read without their lock. {@link EntryLock} says why lock files are not.
 */
final class Ledger {

  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

  private static final String ENTRY_SUFFIX = ".properties";
  private static final String NEW_SUFFIX = ".new";
  private static final String LOCK_SUFFIX = ".lock";

  /** In bytes; an entry is far smaller. */
  private static final long MAX_ENTRY_SIZE = 64 * 1024;

  private final Path directory;
  private final String service;
  private final String scope;

  Ledger(Path directory, String service, Scope scope) {
    this.directory = directory;
    this.service = service;
    this.scope = scope.toString();
  }

  /**
   * Records a cluster and locks its entry until that is closed.
   *
   * @throws IllegalStateException when the entry cannot be written; then it does not exist
   */
  Entry record(String id, Instant now) {
    try {
      Files.createDirectories(directory);
      Path real = directory.toRealPath();
      EntryLock lock = EntryLock.create(real.resolve(id + LOCK_SUFFIX));
      Entry entry = new Entry(new Recorded(id, now), real, lock);
      try {
        entry.write(now);
        return entry;
      } catch (IOException | RuntimeException e) {
        entry.remove();
        entry.close();
        throw e;
      }
    } catch (IOException e) {
      throw new IllegalStateException(
          "The ledger of ephemeral clusters cannot be written, so no cluster was deployed: "
              + e
              + ". Set a writable directory with ledger(path).",
          e);
    }
  }

  /** Whether the ledger has an entry for the cluster, locked or not, readable or not. */
  boolean records(String id) {
    return exists(directory.resolve(id + ENTRY_SUFFIX));
  }

  /**
   * Reads the entries of this service and scope.
   *
   * @param ids selects the entries to look at
   * @throws IllegalStateException when the directory cannot be read
   */
  Contents read(Predicate<String> ids) {
    List<Recorded> entries = new ArrayList<>();
    List<SweepResult.UnreadableEntry> unreadable = new ArrayList<>();
    for (Path file : files(ENTRY_SUFFIX, ids)) {
      try {
        Recorded entry = read(file);
        if (entry != null) {
          entries.add(entry);
        }
      } catch (IOException e) {
        // A file that its owner removed meanwhile is no failure.
        if (exists(file)) {
          unreadable.add(new SweepResult.UnreadableEntry(file, reason(e)));
        }
      }
    }
    return new Contents(entries, unreadable);
  }

  /** An entry that could be read, and not locked. */
  SweepResult.UnreadableEntry unreadable(String id, IOException e) {
    return new SweepResult.UnreadableEntry(directory.resolve(id + ENTRY_SUFFIX), reason(e));
  }

  /** The files of a kind, sorted; none when the directory does not exist. */
  private List<Path> files(String suffix, Predicate<String> ids) {
    if (!exists(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(suffix) && ids.test(id(file, suffix)))
          .sorted()
          .toList();
    } catch (IOException | RuntimeException e) {
      throw new IllegalStateException(
          "The ledger of ephemeral clusters cannot be read: "
              + e
              + ". Make "
              + directory
              + " a readable directory, or set another one with ledger(path).",
          e);
    }
  }

  private static String id(Path file, String suffix) {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - suffix.length());
  }

  /** Returns null for an entry of another service or scope. */
  private @Nullable Recorded read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("not a file");
    }
    if (Files.size(file) > MAX_ENTRY_SIZE) {
      throw new IOException("larger than an entry");
    }
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(Files.readString(file)));
      String recordedService = required(properties, "service");
      String recordedScope = required(properties, "scope");
      String id = required(properties, "id");
      Instant written = Instant.parse(required(properties, "written"));
      if (!id.equals(id(file, ENTRY_SUFFIX))) {
        throw new IOException("its ID is not that of its name");
      }
      return service.equals(recordedService) && scope.equals(recordedScope)
          ? new Recorded(id, written)
          : null;
    } catch (CharacterCodingException e) {
      throw new IOException("not UTF-8", e);
    } catch (DateTimeException e) {
      throw new IOException("its time is invalid", e);
    } catch (IllegalArgumentException e) {
      throw new IOException("not a properties file", e);
    }
  }

  private static String required(Properties properties, String name) throws IOException {
    String value = properties.getProperty(name);
    if (value == null) {
      throw new IOException("it has no " + name);
    }
    return value;
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return e.getClass() == IOException.class && message != null ? message : e.toString();
  }

  /**
   * Locks an entry whose process has ended.
   *
   * @return null when the entry is in use or gone
   * @throws IOException when the lock file cannot be opened
   */
  @Nullable Entry acquire(Recorded recorded) throws IOException {
    Path real = directory.toRealPath();
    EntryLock lock;
    try {
      lock = EntryLock.tryLockEntry(real.resolve(recorded.id() + LOCK_SUFFIX));
    } catch (IOException e) {
      if (records(recorded.id())) {
        throw e;
      }
      return null;
    }
    if (lock == null) {
      return null;
    }
    Entry entry = new Entry(recorded, real, lock);
    if (!records(recorded.id())) {
      entry.remove(); // the lock file, if it was created again
      entry.close();
      return null;
    }
    return entry;
  }

  /**
   * Deletes files that a process left behind when it was killed while it recorded or removed.
   *
   * @param ids selects the entries to look at
   * @param before deletes only files that were last modified before
   */
  void cleanUp(Predicate<String> ids, Instant before) {
    for (Path file : files(NEW_SUFFIX, ids)) {
      try {
        if (isOlder(file, before)) {
          Files.deleteIfExists(file);
        }
      } catch (IOException e) {
        LOG.debug("Could not delete {}", file, e);
      }
    }
    for (Path file : files(LOCK_SUFFIX, ids)) {
      String id = id(file, LOCK_SUFFIX);
      try {
        if (!records(id) && isOlder(file, before)) {
          cleanUpLock(id, directory.toRealPath().resolve(file.getFileName()));
        }
      } catch (IOException e) {
        LOG.debug("Could not delete {}", file, e);
      }
    }
  }

  private void cleanUpLock(String id, Path file) throws IOException {
    try (EntryLock lock = EntryLock.tryLockExisting(file)) {
      if (lock != null && !records(id)) {
        lock.delete();
      }
    }
  }

  private static boolean isOlder(Path file, Instant before) throws IOException {
    return Files.getLastModifiedTime(file).toInstant().isBefore(before);
  }

  /** Whether there is a file, a link or a directory, or it cannot be determined. */
  private static boolean exists(Path file) {
    return !Files.notExists(file, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public String toString() {
    return "ledger " + directory;
  }

  /**
   * The entries of a ledger.
   *
   * @param entries those of this service and scope
   * @param unreadable the files that should be entries and are not
   */
  record Contents(List<Recorded> entries, List<SweepResult.UnreadableEntry> unreadable) {}

  /**
   * What an entry says.
   *
   * @param id the cluster's ID
   * @param written when its deployment was last in flight, by the clock of the process that wrote
   *     the entry
   */
  record Recorded(String id, Instant written) {}

  /** A recorded cluster, locked by this process. Closing it releases the lock. */
  final class Entry implements AutoCloseable {
    private final Recorded recorded;
    private final Path real;
    private final EntryLock lock;

    private Entry(Recorded recorded, Path real, EntryLock lock) {
      this.recorded = recorded;
      this.real = real;
      this.lock = lock;
    }

    String id() {
      return recorded.id();
    }

    Instant written() {
      return recorded.written();
    }

    /** Writes the entry, or replaces it as a whole. */
    void write(Instant now) throws IOException {
      String text =
          "# A cluster that a test deployed. If the test is killed, the next sweep destroys it.\n"
              + "service="
              + service
              + "\nscope="
              + scope
              + "\nid="
              + id()
              + "\nwritten="
              + now
              + "\n";
      Path file = real.resolve(id() + NEW_SUFFIX);
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(file, real.resolve(id() + ENTRY_SUFFIX), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Deletes the entry and its files. */
    void remove() {
      try {
        Files.deleteIfExists(real.resolve(id() + NEW_SUFFIX));
        Files.deleteIfExists(real.resolve(id() + ENTRY_SUFFIX));
        lock.delete();
      } catch (IOException e) {
        LOG.warn("Could not delete the entry {} of {}; the next sweep tries again", id(), real, e);
      }
    }

    @Override
    public void close() {
      try {
        lock.close();
      } catch (IOException e) {
        LOG.warn("Could not release the entry {} of {}", id(), real, e);
      }
    }
  }
}
