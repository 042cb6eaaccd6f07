// SPDX-FileCopyrightText: The Perihelion authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/localserver/sampling.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace localserver {

std::vector<std::size_t> sampled(const std::vector<double> &values, std::size_t count)
{
    std::vector<std::size_t> indexes;
    const std::size_t size = values.size();
    if (size <= std::max<std::size_t>(count, 4)) {
        indexes.resize(size);
        std::iota(indexes.begin(), indexes.end(), std::size_t(0));
        return indexes;
    }
    const std::size_t stretches = std::max<std::size_t>(1, count / 2 - 1);
    const std::size_t inner = size - 2; // between the first and the last
    constexpr std::size_t none = std::size_t(-1);
    indexes.push_back(0);
    for (std::size_t stretch = 0; stretch < stretches; ++stretch) {
        const std::size_t begin = 1 + inner * stretch / stretches;
        const std::size_t end = 1 + inner * (stretch + 1) / stretches;
        std::size_t least = none;
        std::size_t greatest = none;
        std::size_t undefined = none;
        for (std::size_t i = begin; i < end; ++i) {
            if (std::isnan(values[i])) {
                undefined = std::min(undefined, i);
                continue;
            }
            if (least == none || values[i] < values[least])
                least = i;
            if (greatest == none || values[i] > values[greatest])
                greatest = i;
        }
        std::size_t found[] = {least, greatest, undefined};
        std::sort(std::begin(found), std::end(found));
        for (const std::size_t i : found) {
            if (i != none && i != indexes.back())
                indexes.push_back(i);
        }
    }
    indexes.push_back(size - 1);
    return indexes;
}

Points picked(const Points &points, const std::vector<std::size_t> &indexes)
{
    Points result;
    result.reserve(indexes.size());
    auto text = points.texts.begin();
    for (const std::size_t i : indexes) {
        while (text != points.texts.end() && text->first < i)
            ++text;
        if (text != points.texts.end() && text->first == i)
            result.texts.emplace_back(result.size(), text->second);
        result.append(points.values[i], points.steps[i], points.epochs[i], points.times[i]);
    }
    return result;
}

} // namespace localserver
