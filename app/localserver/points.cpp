// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/points.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <utility>

namespace localserver {

namespace {

static_assert(sizeof(double) == 8 && std::numeric_limits<double>::is_iec559);

constexpr char formatVersion = 1;
enum ColumnForm : char { AllNone = 0, AllGiven = 1, SomeGiven = 2 };

void putVarint(std::string &out, std::uint64_t value)
{
    while (value >= 0x80) {
        out += char(value | 0x80);
        value >>= 7;
    }
    out += char(value);
}

std::uint64_t zigzag(std::uint64_t difference)
{
    return difference << 1 ^ (difference >> 63 ? ~std::uint64_t(0) : 0);
}

// Reads from a block and throws where it ends too early.
class Unpacker {
public:
    explicit Unpacker(std::string_view bytes) : m_at(bytes.data()), m_end(bytes.data() + bytes.size()) { }

    const char *take(std::size_t size)
    {
        if (size > std::size_t(m_end - m_at))
            throw std::runtime_error("a block of metric points is damaged");
        return std::exchange(m_at, m_at + size);
    }
    std::uint64_t varint()
    {
        std::uint64_t value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            const auto byte = static_cast<unsigned char>(*take(1));
            value |= std::uint64_t(byte & 0x7f) << shift;
            if (byte < 0x80)
                return value;
        }
        throw std::runtime_error("a block of metric points is damaged");
    }
    std::uint64_t difference()
    {
        const std::uint64_t value = varint();
        return value >> 1 ^ (value & 1 ? ~std::uint64_t(0) : 0);
    }
    double real()
    {
        double value = 0;
        std::memcpy(&value, take(sizeof value), sizeof value);
        return value;
    }
    std::size_t left() const { return std::size_t(m_end - m_at); }

private:
    const char *m_at;
    const char *m_end;
};

// In a column where some differ in kind, each value says which it is.
enum ValueForm : char { Missing = 0, Whole = 1, Real = 2, BeyondSigned = 3 };

ValueForm formOf(Number value)
{
    constexpr Number beyond = 9223372036854775808.0L; // 2^63
    if (!isGiven(value))
        return Missing;
    if (value != std::floor(value) || value < -beyond || value >= 2 * beyond)
        return Real;
    return value < beyond ? Whole : BeyondSigned;
}

template<class T>
void putColumn(std::string &out, const std::vector<T> &column)
{
    const auto all = [&](ValueForm wanted) {
        return std::all_of(
            column.begin(), column.end(), [&](T value) { return formOf(Number(value)) == wanted; });
    };
    const ColumnForm form = all(Missing) ? AllNone : all(Whole) ? AllGiven : SomeGiven;
    out += form;
    if (form == AllNone)
        return;
    std::uint64_t last = 0; // unsigned: differences may wrap
    for (const T value : column) {
        const ValueForm kind = formOf(Number(value));
        if (form == SomeGiven)
            out += kind;
        if (kind == Whole) {
            const auto whole = std::uint64_t(std::int64_t(value));
            putVarint(out, zigzag(whole - last));
            last = whole;
        } else if (kind == BeyondSigned) {
            putVarint(out, static_cast<std::uint64_t>(value));
        } else if (kind == Real) {
            const auto real = double(value);
            out.append(reinterpret_cast<const char *>(&real), sizeof real);
        }
    }
}

template<class T>
void takeColumn(Unpacker &in, std::vector<T> &column, std::size_t count)
{
    const char form = *in.take(1);
    std::uint64_t last = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const char kind = form == SomeGiven ? *in.take(1) : char(form == AllGiven ? Whole : Missing);
        if (kind == Whole) {
            last += in.difference();
            column.push_back(T(std::int64_t(last)));
        } else if constexpr (std::is_same_v<T, Number>) {
            if (kind == BeyondSigned)
                column.push_back(Number(in.varint()));
            else if (kind == Real)
                column.push_back(Number(in.real()));
            else
                column.push_back(noNumber);
        } else {
            throw std::runtime_error("a block of metric points is damaged");
        }
    }
}

template<class T>
void reorder(std::vector<T> &column, const std::vector<std::size_t> &order)
{
    std::vector<T> sorted;
    sorted.reserve(order.size());
    for (const std::size_t i : order)
        sorted.push_back(column[i]);
    column = std::move(sorted);
}

} // namespace

void Points::reserve(std::size_t size)
{
    values.reserve(size);
    steps.reserve(size);
    epochs.reserve(size);
    times.reserve(size);
}

void Points::append(double value, Number step, Number epoch, std::int64_t time)
{
    values.push_back(value);
    steps.push_back(step);
    epochs.push_back(epoch);
    times.push_back(time);
}

void Points::append(const Points &other)
{
    for (const auto &[index, text] : other.texts)
        texts.emplace_back(size() + index, text);
    values.insert(values.end(), other.values.begin(), other.values.end());
    steps.insert(steps.end(), other.steps.begin(), other.steps.end());
    epochs.insert(epochs.end(), other.epochs.begin(), other.epochs.end());
    times.insert(times.end(), other.times.begin(), other.times.end());
}

std::string Points::packed() const
{
    std::string out;
    out.reserve(size() * 12 + 16);
    out += formatVersion;
    putVarint(out, size());
    out.append(reinterpret_cast<const char *>(values.data()), size() * sizeof(double));
    putColumn(out, steps);
    putColumn(out, epochs);
    putColumn(out, times);
    putVarint(out, texts.size());
    for (const auto &[index, text] : texts) {
        putVarint(out, index);
        putVarint(out, text.size());
        out += text;
    }
    return out;
}

void Points::unpack(std::string_view bytes)
{
    Unpacker in(bytes);
    if (*in.take(1) != formatVersion)
        throw std::runtime_error("a block of metric points is of an unknown kind");
    const std::size_t before = size();
    const std::uint64_t count = in.varint();
    if (count > in.left() / sizeof(double))
        throw std::runtime_error("a block of metric points is damaged");
    values.resize(before + count);
    if (count)
        std::memcpy(values.data() + before, in.take(count * sizeof(double)), count * sizeof(double));
    takeColumn(in, steps, count);
    takeColumn(in, epochs, count);
    takeColumn(in, times, count);
    for (std::uint64_t left = in.varint(); left > 0; --left) {
        const std::uint64_t index = in.varint();
        const std::uint64_t length = in.varint();
        texts.emplace_back(before + index, std::string(in.take(length), length));
    }
}

void Points::keep(const std::vector<std::size_t> &order)
{
    std::vector<std::pair<std::size_t, std::string>> movedTexts;
    for (std::size_t i = 0; i < order.size() && !texts.empty(); ++i) {
        const auto found = std::lower_bound(texts.begin(), texts.end(), order[i],
            [](const auto &text, std::size_t index) { return text.first < index; });
        if (found != texts.end() && found->first == order[i])
            movedTexts.emplace_back(i, std::move(found->second));
    }
    reorder(values, order);
    reorder(steps, order);
    reorder(epochs, order);
    reorder(times, order);
    texts = std::move(movedTexts);
}

void Points::settle()
{
    const bool stepped = std::all_of(steps.begin(), steps.end(), isGiven);
    const auto earlier = [&](std::size_t a, std::size_t b) {
        if (stepped && steps[a] != steps[b])
            return steps[a] < steps[b];
        return times[a] < times[b];
    };
    std::vector<std::size_t> order(size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    if (std::is_sorted(order.begin(), order.end(), earlier))
        return;
    std::stable_sort(order.begin(), order.end(), earlier);
    keep(order);
}

} // namespace localserver
