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
    std::size_t left() const { return std::size_t(m_end - m_at); }

private:
    const char *m_at;
    const char *m_end;
};

void putColumn(std::string &out, const std::vector<std::int64_t> &column)
{
    const auto nones = std::size_t(std::count(column.begin(), column.end(), Points::none));
    const ColumnForm form = nones == column.size() ? AllNone : nones == 0 ? AllGiven : SomeGiven;
    out += form;
    if (form == AllNone)
        return;
    std::uint64_t last = 0; // unsigned: differences may wrap
    for (const std::int64_t value : column) {
        if (form == SomeGiven)
            out += char(value != Points::none);
        if (value == Points::none)
            continue;
        putVarint(out, zigzag(std::uint64_t(value) - last));
        last = std::uint64_t(value);
    }
}

void takeColumn(Unpacker &in, std::vector<std::int64_t> &column, std::size_t count)
{
    const char form = *in.take(1);
    if (form == AllNone) {
        column.insert(column.end(), count, Points::none);
        return;
    }
    std::uint64_t last = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (form == SomeGiven && *in.take(1) == 0) {
            column.push_back(Points::none);
            continue;
        }
        last += in.difference();
        column.push_back(std::int64_t(last));
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

void Points::append(double value, std::int64_t step, std::int64_t epoch, std::int64_t time)
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

void Points::settle()
{
    const bool stepped = std::find(steps.begin(), steps.end(), none) == steps.end();
    const auto earlier = [&](std::size_t a, std::size_t b) {
        if (stepped && steps[a] != steps[b])
            return steps[a] < steps[b];
        return times[a] < times[b];
    };
    const auto text = [&](std::size_t i) -> std::string_view {
        const auto found = std::lower_bound(
            texts.begin(), texts.end(), i, [](const auto &t, std::size_t index) { return t.first < index; });
        return found != texts.end() && found->first == i ? std::string_view(found->second)
                                                         : std::string_view();
    };
    const auto same = [&](std::size_t a, std::size_t b) {
        return times[a] == times[b] && steps[a] == steps[b] && epochs[a] == epochs[b]
            && std::memcmp(&values[a], &values[b], sizeof(double)) == 0 && text(a) == text(b);
    };
    bool orderly = true;
    for (std::size_t i = 1; i < size() && orderly; ++i)
        orderly = earlier(i - 1, i) || (!earlier(i, i - 1) && !same(i - 1, i));
    if (orderly)
        return;

    std::vector<std::size_t> order(size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::stable_sort(order.begin(), order.end(), earlier);
    // Those that came twice are near each other among their equals; no need to look back over thousands.
    constexpr int reach = 256;
    std::vector<std::size_t> kept;
    kept.reserve(order.size());
    for (const std::size_t i : order) {
        bool twice = false;
        int looked = 0;
        for (auto other = kept.rbegin();
             other != kept.rend() && !twice && ++looked < reach && !earlier(*other, i); ++other)
            twice = same(*other, i);
        if (!twice)
            kept.push_back(i);
    }
    std::vector<std::pair<std::size_t, std::string>> movedTexts;
    for (std::size_t i = 0; i < kept.size() && !texts.empty(); ++i) {
        if (const auto value = text(kept[i]); !value.empty())
            movedTexts.emplace_back(i, value);
    }
    reorder(values, kept);
    reorder(steps, kept);
    reorder(epochs, kept);
    reorder(times, kept);
    texts = std::move(movedTexts);
}

} // namespace localserver
