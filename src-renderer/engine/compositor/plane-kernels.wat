;; The inner loops of scaling and showing planes, 16 pixels at a time. Assembled into plane-kernels.wasm.ts by
;;   npx --package wabt wat2wasm plane-kernels.wat -o /dev/stdout | base64 -w 0
;; Reads and writes may run over the end of a row by up to 15 bytes; the caller leaves that room.
(module
  (memory (export "memory") 1)

  ;; dst[i] = (a[i] * (128 - w) + b[i] * w + 64) >> 7
  (func (export "blendRows") (param $dst i32) (param $a i32) (param $b i32) (param $n i32) (param $w i32)
    (local $i i32) (local $wa v128) (local $wb v128) (local $va v128) (local $vb v128) (local $half v128)
    (local.set $wb (i8x16.splat (local.get $w)))
    (local.set $wa (i8x16.splat (i32.sub (i32.const 128) (local.get $w))))
    (local.set $half (i16x8.splat (i32.const 64)))
    (loop $next
      (local.set $va (v128.load (i32.add (local.get $a) (local.get $i))))
      (local.set $vb (v128.load (i32.add (local.get $b) (local.get $i))))
      (v128.store (i32.add (local.get $dst) (local.get $i))
        (i8x16.narrow_i16x8_u
          (i16x8.shr_u (i16x8.add (local.get $half) (i16x8.add
            (i16x8.extmul_low_i8x16_u (local.get $va) (local.get $wa))
            (i16x8.extmul_low_i8x16_u (local.get $vb) (local.get $wb)))) (i32.const 7))
          (i16x8.shr_u (i16x8.add (local.get $half) (i16x8.add
            (i16x8.extmul_high_i8x16_u (local.get $va) (local.get $wa))
            (i16x8.extmul_high_i8x16_u (local.get $vb) (local.get $wb)))) (i32.const 7))))
      (local.set $i (i32.add (local.get $i) (i32.const 16)))
      (br_if $next (i32.lt_s (local.get $i) (local.get $n)))))

  ;; Eight pixels per group of 48 bytes in the table: i32 first source byte (and 12 unused), 8 left and 8 right
  ;; positions from there (0 to 15), 8 weights of the left and 8 of the right (together 128).
  (func (export "resampleRow") (param $dst i32) (param $src i32) (param $table i32) (param $groups i32)
    (local $taps v128) (local $weights v128) (local $sum v128)
    (loop $next
      (local.set $taps (i8x16.swizzle
        (v128.load (i32.add (local.get $src) (i32.load (local.get $table))))
        (v128.load offset=16 (local.get $table))))
      (local.set $weights (v128.load offset=32 (local.get $table)))
      (local.set $sum (i16x8.shr_u (i16x8.add (i16x8.splat (i32.const 64)) (i16x8.add
        (i16x8.extmul_low_i8x16_u (local.get $taps) (local.get $weights))
        (i16x8.extmul_high_i8x16_u (local.get $taps) (local.get $weights)))) (i32.const 7)))
      (v128.store64_lane 0 (local.get $dst) (i8x16.narrow_i16x8_u (local.get $sum) (local.get $sum)))
      (local.set $dst (i32.add (local.get $dst) (i32.const 8)))
      (local.set $table (i32.add (local.get $table) (i32.const 48)))
      (br_if $next (local.tee $groups (i32.sub (local.get $groups) (i32.const 1))))))

  ;; dst (u16) = the sum of k rows (at most 256)
  (func (export "sumRows") (param $dst i32) (param $src i32) (param $stride i32) (param $k i32) (param $n i32)
    (local $i i32) (local $row i32) (local $left i32) (local $v v128) (local $low v128) (local $high v128)
    (loop $next
      (local.set $row (i32.add (local.get $src) (local.get $i)))
      (local.set $left (local.get $k))
      (local.set $low (v128.const i64x2 0 0))
      (local.set $high (v128.const i64x2 0 0))
      (loop $rows
        (local.set $v (v128.load (local.get $row)))
        (local.set $low (i16x8.add (local.get $low) (i16x8.extend_low_i8x16_u (local.get $v))))
        (local.set $high (i16x8.add (local.get $high) (i16x8.extend_high_i8x16_u (local.get $v))))
        (local.set $row (i32.add (local.get $row) (local.get $stride)))
        (br_if $rows (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
      (v128.store (local.get $dst) (local.get $low))
      (v128.store offset=16 (local.get $dst) (local.get $high))
      (local.set $dst (i32.add (local.get $dst) (i32.const 32)))
      (local.set $i (i32.add (local.get $i) (i32.const 16)))
      (br_if $next (i32.lt_s (local.get $i) (local.get $n)))))

  ;; dst[i] = (the sum of k u16 from starts[i] on) * reciprocal >> 16, rounded
  (func (export "boxRow") (param $dst i32) (param $sums i32) (param $starts i32) (param $n i32) (param $k i32) (param $reciprocal i32)
    (local $at i32) (local $left i32) (local $sum i32) (local $end i32)
    (local.set $end (i32.add (local.get $dst) (local.get $n)))
    (loop $next
      (local.set $at (i32.add (local.get $sums) (i32.shl (i32.load (local.get $starts)) (i32.const 1))))
      (local.set $left (local.get $k))
      (local.set $sum (i32.const 0))
      (loop $taps
        (local.set $sum (i32.add (local.get $sum) (i32.load16_u (local.get $at))))
        (local.set $at (i32.add (local.get $at) (i32.const 2)))
        (br_if $taps (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
      (i32.store8 (local.get $dst)
        (i32.shr_u (i32.add (i32.mul (local.get $sum) (local.get $reciprocal)) (i32.const 32768)) (i32.const 16)))
      (local.set $starts (i32.add (local.get $starts) (i32.const 4)))
      (local.set $dst (i32.add (local.get $dst) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $dst) (local.get $end)))))

  ;; A row of luma with its row of halved chroma to RGBA: BT.601 limited range, 6-bit fixed point, saturating.
  (func (export "rgbaRow") (param $dst i32) (param $y i32) (param $u i32) (param $v i32) (param $n i32)
    (local $i i32) (local $light v128) (local $d v128) (local $e v128) (local $rg v128) (local $ba v128)
    (loop $next
      (local.set $light (i16x8.add (i16x8.splat (i32.const 32)) (i16x8.mul (i16x8.splat (i32.const 74))
        (i16x8.sub (v128.load8x8_u (i32.add (local.get $y) (local.get $i))) (i16x8.splat (i32.const 16))))))
      (local.set $d (i16x8.sub (i16x8.extend_low_i8x16_u (i8x16.swizzle
        (v128.load32_zero (i32.add (local.get $u) (i32.shr_u (local.get $i) (i32.const 1))))
        (v128.const i8x16 0 0 1 1 2 2 3 3 0 0 0 0 0 0 0 0))) (i16x8.splat (i32.const 128))))
      (local.set $e (i16x8.sub (i16x8.extend_low_i8x16_u (i8x16.swizzle
        (v128.load32_zero (i32.add (local.get $v) (i32.shr_u (local.get $i) (i32.const 1))))
        (v128.const i8x16 0 0 1 1 2 2 3 3 0 0 0 0 0 0 0 0))) (i16x8.splat (i32.const 128))))
      ;; r in the low half, g in the high half; then b and opacity
      (local.set $rg (i8x16.narrow_i16x8_u
        (i16x8.shr_s (i16x8.add_sat_s (local.get $light) (i16x8.mul (local.get $e) (i16x8.splat (i32.const 102)))) (i32.const 6))
        (i16x8.shr_s (i16x8.sub_sat_s (local.get $light) (i16x8.add
          (i16x8.mul (local.get $d) (i16x8.splat (i32.const 25)))
          (i16x8.mul (local.get $e) (i16x8.splat (i32.const 52))))) (i32.const 6))))
      (local.set $ba (i8x16.narrow_i16x8_u
        (i16x8.shr_s (i16x8.add_sat_s (local.get $light) (i16x8.mul (local.get $d) (i16x8.splat (i32.const 129)))) (i32.const 6))
        (i16x8.splat (i32.const 255))))
      (v128.store (local.get $dst)
        (i8x16.shuffle 0 8 16 24 1 9 17 25 2 10 18 26 3 11 19 27 (local.get $rg) (local.get $ba)))
      (v128.store offset=16 (local.get $dst)
        (i8x16.shuffle 4 12 20 28 5 13 21 29 6 14 22 30 7 15 23 31 (local.get $rg) (local.get $ba)))
      (local.set $dst (i32.add (local.get $dst) (i32.const 32)))
      (local.set $i (i32.add (local.get $i) (i32.const 8)))
      (br_if $next (i32.lt_s (local.get $i) (local.get $n)))))
)
