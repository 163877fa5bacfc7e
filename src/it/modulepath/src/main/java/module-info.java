/** A program of its own module. */
module consumer {
  requires io.github.typedbcloud;
}
