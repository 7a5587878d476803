# NumPy's random numbers in R, so that the placebo groups of a pack can be drawn again.
#
# The project draws with numpy.random.default_rng(seed): a SeedSequence that spreads the seed over
# 256 bits, and the generator PCG64 (O'Neill, 2014, PCG: a family of simple fast space-efficient
# statistically good algorithms for random number generation). R holds whole numbers exactly up to
# 2^53, so 32-bit numbers are multiplied in halves and 128-bit ones in six parts ("limbs") of 24
# bits, the lowest first.

TWO16 <- 65536
TWO24 <- 16777216
TWO32 <- 4294967296

# ---- 32-bit arithmetic for the seed --------------------------------------------------------

times32 <- function(a, b) {
  high <- (floor(a / TWO16) * b) %% TWO16
  (high * TWO16 + (a %% TWO16) * b) %% TWO32
}

xor32 <- function(a, b) {
  high <- bitwXor(floor(a / TWO16), floor(b / TWO16))
  high * TWO16 + bitwXor(a %% TWO16, b %% TWO16)
}

folded <- function(a) xor32(a, floor(a / TWO16))

# Spread a seed, or up to four, below 2^32 over eight 32-bit words, as numpy.random.SeedSequence does.
seed_words <- function(seed) {
  constant <- 0x43b0d7e5
  mixed <- function(value) {
    value <- xor32(value, constant)
    constant <<- times32(constant, 0x931e8875)
    folded(times32(value, constant))
  }
  pool <- vapply(c(seed, 0, 0, 0, 0)[1:4], mixed, 0)
  for (from in 1:4) {
    for (to in setdiff(1:4, from)) {
      minus <- times32(0x4973f715, mixed(pool[from]))
      pool[to] <- folded((times32(0xca01f9dd, pool[to]) - minus) %% TWO32)
    }
  }
  constant <- 0x8b51f9dd
  words <- numeric(8)
  for (at in 1:8) {
    word <- xor32(pool[(at - 1) %% 4 + 1], constant)
    constant <- times32(constant, 0x58f38ded)
    words[at] <- folded(times32(word, constant))
  }
  words
}

# ---- 128-bit arithmetic --------------------------------------------------------------------

# Turn four 32-bit words, the lowest first, into limbs.
limbs_of <- function(words) {
  bytes <- as.vector(vapply(words, function(word) floor(word / 256^(0:3)) %% 256, numeric(4)))
  bytes <- c(bytes, 0, 0)
  lapply(0:5, function(at) sum(bytes[3 * at + 1:3] * 256^(0:2)))
}

# Carry what is above 24 bits to the next limb; what is above 128 bits is lost.
carried <- function(limbs) {
  for (at in 1:5) {
    over <- floor(limbs[[at]] / TWO24)
    limbs[[at]] <- limbs[[at]] - over * TWO24
    limbs[[at + 1]] <- limbs[[at + 1]] + over
  }
  limbs[[6]] <- limbs[[6]] %% 256
  limbs
}

plus128 <- function(a, b) carried(Map(`+`, a, b))

times128 <- function(a, b, plus = as.list(numeric(6))) {
  made <- plus
  for (i in 1:6) for (j in 1:(7 - i)) made[[i + j - 1]] <- made[[i + j - 1]] + a[[i]] * b[[j]]
  carried(made)
}

# ---- PCG64 ---------------------------------------------------------------------------------

PCG_MULTIPLIER <- limbs_of(c(0x9fccf645, 0x4385df64, 0x1fc65da4, 0x2360ed05))

# The increment of a seed, and the state after its start.
pcg_start <- function(seed) {
  words <- seed_words(seed)
  start <- limbs_of(words[c(3, 4, 1, 2)])
  odd <- limbs_of(words[c(7, 8, 5, 6)])
  odd <- plus128(plus128(odd, odd), c(1, as.list(numeric(5))))
  first <- plus128(odd, start) # the first step from zero leaves the increment
  list(state = times128(first, PCG_MULTIPLIER, odd), increment = odd) # the second ends the seeding
}

# Return the `count` states of PCG64 that follow one. Twice as many are known at every turn: if s ->
# a s + c makes one step, s -> a^m s + c_m makes m, and moves the first m states to the next m.
pcg_states <- function(from, count) {
  increment <- from$increment
  states <- times128(from$state, PCG_MULTIPLIER, increment)
  multiplier <- PCG_MULTIPLIER
  known <- 1
  while (known < count) {
    moved <- times128(states, multiplier, increment)
    states <- Map(c, states, moved)
    increment <- times128(increment, multiplier, increment)
    multiplier <- times128(multiplier, multiplier)
    known <- 2 * known
  }
  lapply(states, `[`, seq_len(count))
}

# Return the 64-bit outputs of states as four pieces of 16 bits, the lowest first: the upper half
# XOR the lower half, rotated to the right by the upper six bits (XSL-RR).
pcg_outputs <- function(states) {
  pieces <- list()
  for (at in c(1, 3, 5)) {
    low <- states[[at]]
    high <- states[[at + 1]]
    pieces <- c(pieces, list(
      low %% TWO16, floor(low / TWO16) + (high %% 256) * 256, floor(high / 256)
    ))
  }
  half <- vapply(1:4, function(at) {
    as.numeric(bitwXor(pieces[[at]], pieces[[at + 4]]))
  }, numeric(length(pieces[[1]])))
  half <- matrix(half, ncol = 4)
  turn <- floor(pieces[[8]] / 1024)
  whole <- floor(turn / 16)
  part <- 2^(turn %% 16)
  rows <- seq_len(nrow(half))
  lapply(0:3, function(at) {
    here <- half[cbind(rows, (at + whole) %% 4 + 1)]
    above <- half[cbind(rows, (at + whole + 1) %% 4 + 1)]
    floor(here / part) + (above %% part) * (TWO16 / part)
  })
}

# Return what numpy.random.default_rng(seed).random(count, dtype=float32) gives: every output makes
# two numbers, from its lower 32 bits first, each from the upper 24 bits of those.
numpy_floats <- function(seed, count) {
  out <- pcg_outputs(pcg_states(pcg_start(seed), ceiling(count / 2)))
  low <- floor((out[[2]] * TWO16 + out[[1]]) / 256) / TWO24
  high <- floor((out[[4]] * TWO16 + out[[3]]) / 256) / TWO24
  as.vector(rbind(low, high))[seq_len(count)]
}

# Return a function that gives the next 32-bit numbers of numpy.random.default_rng(seed) at every
# call: two an output, the lower half first.
numpy_words <- function(seed, at_once = 2^17) {
  now <- pcg_start(seed)
  function() {
    states <- pcg_states(now, at_once)
    now$state <<- lapply(states, `[`, at_once)
    out <- pcg_outputs(states)
    as.vector(rbind(out[[2]] * TWO16 + out[[1]], out[[4]] * TWO16 + out[[3]]))
  }
}

# Return with which place each place of a row is changed where rows are shuffled one after the other,
# as rng.permuted(rows, axis = 1) and rng.permutation do: from the last place on, each with one at or
# before it, counted from 0. Of 32 bits NumPy takes as many as that place has, and takes new ones
# until they are no more than it. One column a row, from its last place.
numpy_swaps <- compiler::cmpfun(function(seed, many, rows) {
  more <- numpy_words(seed)
  words <- more()
  at <- 0
  last <- (many - 1):1
  bits <- 2^ceiling(log2(last + 1))
  swaps <- matrix(0, many - 1, rows)
  for (row in seq_len(rows)) {
    for (place in seq_along(last)) {
      repeat {
        at <- at + 1
        if (at > length(words)) {
          words <- more()
          at <- 1
        }
        one <- words[at] %% bits[place]
        if (one <= last[place]) break
      }
      swaps[place, row] <- one
    }
  }
  swaps
})

# Shuffle each row of a matrix.
numpy_shuffled <- function(seed, rows) {
  many <- ncol(rows)
  swaps <- numpy_swaps(seed, many, nrow(rows))
  every <- seq_len(nrow(rows))
  for (place in seq_len(many - 1)) {
    from <- cbind(every, swaps[place, ] + 1)
    last <- rows[, many - place + 1]
    rows[, many - place + 1] <- rows[from]
    rows[from] <- last
  }
  rows
}

# Put the members of each kind in random order, again and again.
#
# kinds: kind of each member, whole numbers from 1. Returns, by kind, the places of its members,
# one row for each draw: the first so many of a row are a random sample without replacement.
draw_orders <- function(kinds, draws, seed) {
  of_kind <- lapply(seq_len(max(kinds)), function(kind) which(kinds == kind))
  sizes <- draws * lengths(of_kind)
  floats <- numpy_floats(seed, sum(sizes))
  ends <- cumsum(sizes)
  lapply(seq_along(of_kind), function(kind) {
    many <- length(of_kind[[kind]])
    if (!many) {
      return(matrix(integer(), nrow = draws))
    }
    keys <- floats[(ends[kind] - sizes[kind] + 1):ends[kind]]
    row <- rep(seq_len(draws), each = many)
    sorted <- order(row, keys, method = "radix")
    place <- (sorted - 1) %% many + 1
    matrix(of_kind[[kind]][place], nrow = draws, byrow = TRUE)
  })
}
