package io.github.typedbcloud.ephemeral;

import io.github.typedbcloud.model.Scope;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory with a file for each ephemeral cluster. The file is on disk before the deployment is
 * sent. The process that uses the cluster holds a lock on the file; the operating system releases
 * the lock when the process ends, also when it is killed.
 */
final class Ledger {

  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

  private static final String SUFFIX = ".properties";

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
   * @throws IllegalStateException when the entry cannot be written
   */
  Entry open(String id, Instant now) {
    Path file = file(id);
    String text =
        "# A cluster that a test deployed. If the test is killed, the next sweep destroys it.\n"
            + "service="
            + service
            + "\nscope="
            + scope
            + "\nid="
            + id
            + "\nwritten="
            + now
            + "\n";
    try {
      Files.createDirectories(directory);
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      channel.lock();
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
      return new Entry(id, now, file, channel);
    } catch (IOException e) {
      throw new IllegalStateException(
          "The ledger of ephemeral clusters cannot be written, so no cluster was deployed: "
              + e
              + ". Set a writable directory with ledger(path).",
          e);
    }
  }

  /** Whether the ledger has an entry for the cluster, locked or not. */
  boolean records(String id) {
    return Files.exists(file(id));
  }

  /** Locks and returns the entries of this service and scope whose process has ended. */
  List<Entry> abandoned() {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    List<Entry> entries = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(path -> path.toString().endsWith(SUFFIX)).sorted().toList()) {
        Entry entry = openAbandoned(file);
        if (entry != null) {
          entries.add(entry);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The ledger " + directory + " cannot be read", e);
    }
    return entries;
  }

  private @Nullable Entry openAbandoned(Path file) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (NoSuchFileException e) {
      return null;
    }
    Entry entry = tryLock(channel) ? read(file, channel) : null;
    if (entry == null) {
      channel.close();
    }
    return entry;
  }

  /** Locks the file, unless this process or another one has locked it. */
  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private @Nullable Entry read(Path file, FileChannel channel) throws IOException {
    // Its process may have removed it before it released the lock.
    if (!Files.exists(file)) {
      return null;
    }
    Properties properties = new Properties();
    properties.load(new StringReader(Files.readString(file)));
    String id = properties.getProperty("id", "");
    if (!service.equals(properties.getProperty("service"))
        || !scope.equals(properties.getProperty("scope"))) {
      return null;
    }
    try {
      Instant written = Instant.parse(properties.getProperty("written", ""));
      if (file.equals(file(id))) {
        return new Entry(id, written, file, channel);
      }
    } catch (DateTimeException e) {
      LOG.trace("Not an entry, or incomplete", e);
    }
    LOG.warn("Ignored {}: not an entry of the ledger of ephemeral clusters", file);
    return null;
  }

  private Path file(String id) {
    return directory.resolve(id + SUFFIX);
  }

  @Override
  public String toString() {
    return "ledger " + directory;
  }

  /** A recorded cluster, locked by this process. Closing it releases the lock. */
  static final class Entry implements AutoCloseable {
    private final String id;
    private final Instant written;
    private final Path file;
    private final FileChannel channel;

    private Entry(String id, Instant written, Path file, FileChannel channel) {
      this.id = id;
      this.written = written;
      this.file = file;
      this.channel = channel;
    }

    String id() {
      return id;
    }

    Instant written() {
      return written;
    }

    /** Deletes the file. */
    void remove() {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        LOG.warn("Could not delete {}; the next sweep tries again", file, e);
      }
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        LOG.warn("Could not close {}", file, e);
      }
    }
  }
}
