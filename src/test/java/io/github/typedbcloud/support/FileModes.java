package io.github.typedbcloud.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/** Permissions of files. */
public final class FileModes {

  private FileModes() {}

  /**
   * Lets only its owner read and write a file, where the file system has POSIX permissions; others
   * are not checked.
   */
  public static Path ownerOnly(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view != null) {
      view.setPermissions(PosixFilePermissions.fromString("rw-------"));
    }
    return file;
  }
}
